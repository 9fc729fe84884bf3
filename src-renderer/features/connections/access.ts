import type { Access, Connection } from '../../../src-main/contract/connections.ts'
import type { Level } from '../../../src-main/contract/health.ts'

/** Whether the server takes a connection's key, in a word. */
export const accessWords: Readonly<Record<Access, string>> = {
  untested: 'Not tried yet',
  accepted: 'Key accepted',
  refused: 'Key refused',
  keyless: 'No key'
}

/** The shape and colour that go with the word. */
export const accessLevels: Readonly<Record<Access, Level>> = {
  untested: 'unknown',
  accepted: 'ok',
  refused: 'critical',
  keyless: 'warning'
}

/** Why a connection cannot be used and what to do; `null` while it can. */
export function accessSentence(connection: Connection): string | null {
  if (connection.access === 'keyless') return 'No key on this machine: edit the connection and enter it.'
  return connection.fault?.message ?? null
}

const urgency: Readonly<Record<Access, number>> = { refused: 0, keyless: 1, untested: 2, accepted: 2 }

/** What needs a hand first, the rest in the user's order. */
export function troubledFirst(connections: readonly Connection[]): readonly Connection[] {
  return connections.toSorted((a, b) => urgency[a.access] - urgency[b.access])
}
