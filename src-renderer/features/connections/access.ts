import type { Access, Connection } from '../../../src-main/contract/connections.ts'
import type { Level } from '../../../src-main/contract/health.ts'

/** Whether the server takes a connection's key, in a word. */
export const accessWords: Readonly<Record<Access, string>> = {
  untested: 'Not tried yet',
  accepted: 'Key accepted',
  refused: 'Key refused'
}

/** The shape and colour that go with the word. */
export const accessLevels: Readonly<Record<Access, Level>> = {
  untested: 'unknown',
  accepted: 'ok',
  refused: 'critical'
}

/** Refused connections first, then by name. */
export function refusedFirst(connections: readonly Connection[]): readonly Connection[] {
  const order = (connection: Connection): number => (connection.access === 'refused' ? 0 : 1)
  return connections.toSorted((a, b) => order(a) - order(b) || a.name.localeCompare(b.name))
}
