import type { Connection } from '../../../src-main/contract/connections.ts'
import type { ServerCard } from '../../../src-main/contract/fleet.ts'

/** A connection with its server, as lists over all servers show it. */
export interface ConnectionRow {
  readonly server: ServerCard
  readonly connection: Connection
}

/** Every connection in the user's order, the demo's last. */
export function rowsOf(servers: readonly ServerCard[]): readonly ConnectionRow[] {
  return servers
    .flatMap((server) => server.connections.map((connection) => ({ server, connection })))
    .toSorted((a, b) => a.connection.position - b.connection.position)
}

/** The ids of the saved connections with one of them a place further up (−1) or down (1); at an end it stays. */
export function moved(rows: readonly ConnectionRow[], connectionId: string, by: -1 | 1): readonly string[] {
  const ids = rows.flatMap(({ server, connection }) => (server.isDemo ? [] : [connection.connectionId]))
  const from = ids.indexOf(connectionId)
  const other = ids[from + by]
  if (from === -1 || other === undefined) return ids
  return ids.map((id, index) => (index === from ? other : index === from + by ? connectionId : id))
}

/** The servers with their connections in that order; those left out follow in their old one. */
export function arranged(servers: readonly ServerCard[], ids: readonly string[]): readonly ServerCard[] {
  const place = new Map(ids.map((id, index) => [id, index]))
  const placed = (connection: Connection): Connection => ({
    ...connection,
    position: place.get(connection.connectionId) ?? ids.length + connection.position
  })
  return servers.map((server) => ({
    ...server,
    connections: server.connections.map(placed).toSorted((a, b) => a.position - b.position)
  }))
}
