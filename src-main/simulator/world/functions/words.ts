import type { Dice, Some } from './dice.ts'

/** People who order, sign up and get mail. */
export const people = [
  'Zoë Müller',
  'Bjørn Årseth',
  'Amélie Dufour',
  'Łukasz Wiśniewski',
  'Nguyễn Thị Hoa',
  'José Ángel Peña',
  '田中 美咲',
  'Οδυσσέας Παππάς',
  'Siobhán O’Connor',
  'Marta Kovács',
  'Tom Brandt',
  'Priya Raghavan'
] as const

/** The team that pushes. */
export const authors: Some<readonly [name: string, login: string]> = [
  ['Ines Halvorsen', 'inesh'],
  ['Mads Kjeldsen', 'mkjeldsen'],
  ['Priya Raghavan', 'praghavan'],
  ['Tomasz Zieliński', 'tzielinski'],
  ['Lea Brunner', 'leabrunner']
]

export const commitMessages = [
  'Handle empty shipping address',
  'Bump node-appwrite to 13.0.0',
  'Retry once when the payment provider resets the connection',
  'Log the request id with every line',
  'Round VAT per line, not per order',
  'Drop the legacy price field',
  'Read the currency from the market settings',
  'Cache exchange rates for ten minutes',
  'Fix off-by-one in the retention window',
  'Use the batch endpoint for stock updates',
  'Escape names in subject lines',
  'Move feature flags to variables'
] as const

export const clock = (atMs: number) => new Date(atMs).toISOString().slice(11, 23)
export const stamp = (atMs: number) => new Date(atMs).toISOString()
export const euros = (dice: Dice) => `${dice.int(4, 420)}.${String(dice.int(0, 99)).padStart(2, '0')}`

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** As many letters as one number of chance has room for. */
const lettersADraw = 6

/** An id as other systems make them: a prefix and letters that cannot be mistaken for one another. */
export function reference(dice: Dice, prefix: string, length = 10): string {
  let tail = ''
  while (tail.length < length) {
    let left = Math.floor(dice.next() * letters.length ** lettersADraw)
    for (let at = 0; at < lettersADraw && tail.length < length; at++) {
      tail += letters.charAt(left % letters.length)
      left = Math.floor(left / letters.length)
    }
  }
  return `${prefix}_${tail}`
}

/** Where the code of a Node.js function lies in its container. */
export const nodeRoot = '/usr/local/server/src/function'

/** The end of a Node.js stack trace, from the function's own file on. */
export function nodeStack(file: string, line: number, column: number): string {
  return [
    `    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`,
    `    at async default (file://${nodeRoot}/${file}:${line}:${column})`,
    '    at async execute (/usr/local/server/src/server.js:213:16)',
    '    at async Server.<anonymous> (/usr/local/server/src/server.js:158:5)'
  ].join('\n')
}

/** What Appwrite stores when the executor gives no result: the break before the code is two characters. */
export const executorError = (message: string, code: number) => `${message}\\nError Code: ${code}`
