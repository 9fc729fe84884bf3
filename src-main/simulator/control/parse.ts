import { queues } from '../world/queue-profiles.ts'
import { checks, type Trouble, type TroubleKind, type TroubleMatch } from '../world/troubles.ts'

/** A control request that makes no sense; its message is the answer. */
export class ControlError extends Error {
  readonly status: number

  constructor(message: string, status = 400) {
    super(message)
    this.name = 'ControlError'
    this.status = status
  }
}

type Fields = Readonly<Record<string, unknown>>
interface Bounds {
  readonly least: number
  readonly most: number
}

const longestStepMs = 10 * 365 * 24 * 3_600_000
// Years 1970 to 9999: dates outside are no dates for the reader of a reply.
const clockBounds: Bounds = { least: 0, most: 253_402_300_799_000 }
const mostJobs = 10_000_000
const longestLatencyMs = 600_000

function fieldsOf(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new ControlError('The body must be a JSON object.')
}

function requireOnly(fields: Fields, names: readonly string[]): void {
  const strange = Object.keys(fields).find((name) => !names.includes(name))
  if (strange !== undefined) throw new ControlError(`Field "${strange}" is not known here; known: ${names.join(', ')}.`)
}

function integer(fields: Fields, name: string, { least, most }: Bounds): number {
  const value = fields[name]
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  throw new ControlError(`Field "${name}" must be a whole number from ${least} to ${most}.`)
}

function choice<T extends string>(fields: Fields, name: string, choices: readonly T[]): T {
  const found = choices.find((candidate) => candidate === fields[name])
  if (found === undefined) throw new ControlError(`Field "${name}" must be one of ${choices.join(', ')}.`)
  return found
}

/** What the body of a clock request asks for. */
export type ClockVerb =
  | { readonly kind: 'freeze' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'step'; readonly ms: number }
  | { readonly kind: 'set'; readonly ms: number }

export function parseClock(body: unknown): ClockVerb {
  const fields = fieldsOf(body)
  const names = ['freeze', 'resume', 'stepMs', 'setMs'] as const
  requireOnly(fields, names)
  const [asked, ...more] = names.filter((name) => name in fields)
  if (asked === undefined || more.length > 0) throw new ControlError(`Say exactly one of ${names.join(', ')}.`)
  switch (asked) {
    case 'stepMs':
      return { kind: 'step', ms: integer(fields, asked, { least: -longestStepMs, most: longestStepMs }) }
    case 'setMs':
      return { kind: 'set', ms: integer(fields, asked, clockBounds) }
    case 'freeze':
    case 'resume':
      if (fields[asked] !== true) throw new ControlError(`Field "${asked}" must be true.`)
      return { kind: asked }
  }
}

const fieldsOfKind: Readonly<Record<TroubleKind, readonly string[]>> = {
  flood: ['queue', 'perMinute', 'jobs'],
  'stop-worker': ['queue'],
  'check-fail': ['check'],
  'time-off': ['seconds'],
  'database-down': [],
  'redis-down': [],
  latency: ['ms'],
  cut: [],
  'wrong-key': []
}
// The keys of a record literal are its type's.
const kinds = Object.keys(fieldsOfKind) as TroubleKind[]

function parseFlood(fields: Fields): Trouble {
  const queue = choice(fields, 'queue', queues)
  if ('perMinute' in fields === 'jobs' in fields) throw new ControlError('Say either perMinute or jobs.')
  const bounds = { least: 1, most: mostJobs }
  if ('jobs' in fields) return { kind: 'flood', queue, jobs: integer(fields, 'jobs', bounds) }
  return { kind: 'flood', queue, perMinute: integer(fields, 'perMinute', bounds) }
}

export function parseTrouble(body: unknown): Trouble {
  const fields = fieldsOf(body)
  const kind = choice(fields, 'kind', kinds)
  requireOnly(fields, ['kind', ...fieldsOfKind[kind]])
  switch (kind) {
    case 'flood':
      return parseFlood(fields)
    case 'stop-worker':
      return { kind, queue: choice(fields, 'queue', queues) }
    case 'check-fail':
      return { kind, check: choice(fields, 'check', checks) }
    case 'time-off':
      return { kind, seconds: integer(fields, 'seconds', { least: -longestStepMs, most: longestStepMs }) }
    case 'latency':
      return { kind, ms: integer(fields, 'ms', { least: 1, most: longestLatencyMs }) }
    case 'database-down':
    case 'redis-down':
    case 'cut':
    case 'wrong-key':
      return { kind }
  }
}

/** Which troubles to undo; takes the body that started one too. `undefined`, no body, means all. */
export function parseMatch(body: unknown): TroubleMatch | 'all' {
  if (body === undefined) return 'all'
  const fields = fieldsOf(body)
  const kind = choice(fields, 'kind', kinds)
  requireOnly(fields, ['kind', ...fieldsOfKind[kind]])
  return {
    kind,
    ...('queue' in fields ? { queue: choice(fields, 'queue', queues) } : {}),
    ...('check' in fields ? { check: choice(fields, 'check', checks) } : {})
  }
}

/** A question about past depths, from the query string; times in Unix milliseconds. */
export function parseDepthRange(query: URLSearchParams, mostRows: number): readonly [number, number, number] {
  const fields = Object.fromEntries([...query].map(([name, value]) => [name, value === '' ? value : Number(value)]))
  requireOnly(fields, ['fromMs', 'toMs', 'stepMs'])
  const fromMs = integer(fields, 'fromMs', clockBounds)
  const toMs = integer(fields, 'toMs', { ...clockBounds, least: fromMs })
  const stepMs = integer(fields, 'stepMs', { least: 1, most: longestStepMs })
  if ((toMs - fromMs) / stepMs + 1 > mostRows) {
    throw new ControlError(`That would be more than ${mostRows} rows; ask for a shorter time or a longer step.`)
  }
  return [fromMs, toMs, stepMs]
}
