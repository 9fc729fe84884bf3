import { supportedVersions, unsupported } from './versions/versions.ts'

/** What the command line asks for. */
export interface Arguments {
  readonly port: number
  readonly controlPort: number
  readonly version: string
  readonly seed: number
  readonly projects: number
}

/** The arguments, or a sentence about what is wrong with them. */
export type Parsed = { readonly ok: true; readonly value: Arguments } | { readonly ok: false; readonly message: string }

const numbers = {
  '--port': { field: 'port', least: 0, most: 65_535 },
  '--control-port': { field: 'controlPort', least: 0, most: 65_535 },
  '--seed': { field: 'seed', least: 0, most: 0xffff_ffff },
  '--projects': { field: 'projects', least: 1, most: 100 }
} as const

/** Reads `--name value` and `--name=value`; `argv` without the program's own two parts. */
export function parseArguments(argv: readonly string[]): Parsed {
  const wrong = (message: string): Parsed => ({ ok: false, message })
  let value: Arguments = { port: 0, controlPort: 0, version: '1.5.11', seed: 1, projects: 2 }
  const words = argv.flatMap((word) => {
    const equals = word.startsWith('--') ? word.indexOf('=') : -1
    return equals < 0 ? [word] : [word.slice(0, equals), word.slice(equals + 1)]
  })
  for (let at = 0; at < words.length; at += 2) {
    const name = words[at] ?? ''
    const text = words[at + 1]
    if (name !== '--version' && !Object.hasOwn(numbers, name)) {
      return wrong(`Argument "${name}" is not known; known: --version, ${Object.keys(numbers).join(', ')}.`)
    }
    if (text === undefined) return wrong(`Argument ${name} needs a value.`)
    if (name === '--version') {
      if (!supportedVersions.includes(text)) return wrong(unsupported(text))
      value = { ...value, version: text }
      continue
    }
    // Anything else left the loop above.
    const { field, least, most } = numbers[name as keyof typeof numbers]
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (!(number >= least && number <= most)) {
      return wrong(`Argument ${name} must be a whole number from ${least} to ${most}.`)
    }
    value = { ...value, [field]: number }
  }
  return { ok: true, value }
}
