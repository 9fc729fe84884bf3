/** A control request that makes no sense; its message is the answer. */
export class ControlError extends Error {
  readonly status: number

  constructor(message: string, status = 400) {
    super(message)
    this.name = 'ControlError'
    this.status = status
  }
}

/** The fields of a request, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>

/** Both included. */
export interface Bounds {
  readonly least: number
  readonly most: number
}

/** Throws for what is no JSON object, as the others do for a field that is not what they are named after. */
export function fieldsOf(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new ControlError('The body must be a JSON object.')
}

/** Throws for a field nobody reads: it would be a misspelt one. */
export function requireOnly(fields: Fields, names: readonly string[]): void {
  const strange = Object.keys(fields).find((name) => !names.includes(name))
  if (strange !== undefined) throw new ControlError(`Field "${strange}" is not known here; known: ${names.join(', ')}.`)
}

/** A whole number within bounds. */
export function integer(fields: Fields, name: string, { least, most }: Bounds): number {
  const value = fields[name]
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  throw new ControlError(`Field "${name}" must be a whole number from ${least} to ${most}.`)
}

/** A number from 0 to 1. */
export function share(fields: Fields, name: string): number {
  const value = fields[name]
  if (typeof value === 'number' && value >= 0 && value <= 1) return value
  throw new ControlError(`Field "${name}" must be a number from 0 to 1.`)
}

/** One of some texts. */
export function choice<T extends string>(fields: Fields, name: string, choices: readonly T[]): T {
  const found = choices.find((candidate) => candidate === fields[name])
  if (found === undefined) throw new ControlError(`Field "${name}" must be one of ${choices.join(', ')}.`)
  return found
}

/** An id as Appwrite makes and takes them. */
export function id(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/.test(value)) return value
  throw new ControlError(`Field "${name}" must be an id: at most 36 letters, digits, ".", "_" or "-".`)
}
