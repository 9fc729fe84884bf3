import type { Connection, ExportResult, ImportResult } from '../../../src-main/contract/connections.ts'
import type { VaultKind } from '../../../src-main/contract/vault.ts'
import { counted } from '../../parts/numbers.ts'
import { hostOf } from '../../shell/scope.ts'
import type { ConnectionRow } from './order.ts'

/** Where a typed key goes, by where this machine keeps keys. */
const keeping: Readonly<Record<VaultKind, string>> = {
  keyring: "Kept in this system's key store, never shown again.",
  locked: "This system's key store is locked: the key is forgotten when Standby closes.",
  weak: 'Kept in a file this machine cannot protect, never shown again.',
  memory: 'Kept in memory: the key is forgotten when Standby closes.'
}

/** What stands below the field of the key; `edited` is the saved connection, if there is one. */
export function keyHintOf(vault: VaultKind | null, edited: Connection | null): string {
  if (edited !== null && edited.access !== 'keyless') return 'Leave empty to keep the saved key.'
  const hint = 'Queues and health need no scope.'
  return vault === null ? hint : `${hint} ${keeping[vault]}`
}

/** What it means for a saved connection to get another endpoint. */
export function movingSentence({ server, connection }: ConnectionRow): string {
  const host = hostOf(server.endpoint)
  const start = 'This connection moves to another server: it starts with no history there'
  const remain = server.connections.some(({ connectionId }) => connectionId !== connection.connectionId)
  return remain
    ? `${start}; what was seen of ${host} stays with the connections that remain on it.`
    : `${start}, and nothing watches ${host} any more.`
}

/** What came of an export. */
export function exportSentence(result: NonNullable<ExportResult>): string {
  return `Exported to ${result.path}. The file holds no keys.`
}

/** What came of an import; the reasons for what was left out stand below it. */
export function importSentence({ added, skipped }: ImportResult): string {
  const left = skipped.length === 0 ? '' : ` Left out ${skipped.length}:`
  if (added === 0) return `Added no connection.${left}`
  const keys =
    added === 1 ? 'It has no key yet: edit it and enter one.' : 'They have no keys yet: edit each to enter one.'
  return `Added ${counted(added, 'connection')}. ${keys}${left}`
}
