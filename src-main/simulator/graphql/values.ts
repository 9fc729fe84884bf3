import { GraphqlError, type Operation, type Written } from './document.ts'

/** The variables of an operation by name. */
export type Variables = ReadonlyMap<string, unknown>

/** A value with the variables put in. An absent variable is `undefined`. */
export function valueOf(written: Written, variables: Variables): unknown {
  switch (written.kind) {
    case 'constant':
      return written.value
    case 'variable':
      return variables.get(written.name)
    case 'list':
      return written.items.map((item) => valueOf(item, variables))
    case 'object':
      return Object.fromEntries(
        Object.entries(written.fields).map(([name, field]) => [name, valueOf(field, variables)])
      )
  }
}

/** Arguments with the variables put in, without those that are absent. */
export function argumentsOf(
  written: Readonly<Record<string, Written>>,
  variables: Variables
): Readonly<Record<string, unknown>> {
  const pairs = Object.entries(written).map(([name, value]) => [name, valueOf(value, variables)] as const)
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined))
}

function fits(type: string, value: unknown): boolean {
  switch (type.replace(/!$/, '')) {
    case 'String':
      return typeof value === 'string'
    case 'Int':
      return Number.isInteger(value)
    case 'Boolean':
      return typeof value === 'boolean'
    default:
      return true
  }
}

/** What was sent for an operation's variables, with the defaults. Throws for one that is missing or of another type. */
export function variablesOf({ variables }: Operation, sent: Readonly<Record<string, unknown>>): Variables {
  const known = new Map<string, unknown>()
  for (const { name, type, fallback, location } of variables) {
    const value = sent[name] ?? (fallback === null ? undefined : valueOf(fallback, new Map()))
    if (value === undefined || value === null) {
      if (!type.endsWith('!')) continue
      throw new GraphqlError(`Variable "$${name}" of required type "${type}" was not provided.`, location)
    }
    if (!fits(type, value)) {
      const got = `Variable "$${name}" got invalid value ${JSON.stringify(value)}`
      throw new GraphqlError(`${got}; ${type.replace(/!$/, '')} cannot represent it`, location)
    }
    known.set(name, value)
  }
  return known
}
