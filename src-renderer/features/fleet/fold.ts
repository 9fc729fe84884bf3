import type { FleetDelta, ServerCard } from '../../../src-main/contract/fleet.ts'

/** Worst first; servers of one rank keep a stable order. */
export function inOrder(servers: readonly ServerCard[]): readonly ServerCard[] {
  return servers.toSorted((a, b) => a.rank - b.rank || a.serverId.localeCompare(b.serverId))
}

/** What is known after some news, worst first. */
export function foldFleet(servers: readonly ServerCard[], deltas: readonly FleetDelta[]): readonly ServerCard[] {
  const known = new Map(servers.map((server) => [server.serverId, server]))
  for (const delta of deltas) {
    if (delta.kind === 'put') known.set(delta.server.serverId, delta.server)
    else known.delete(delta.serverId)
  }
  return inOrder([...known.values()])
}
