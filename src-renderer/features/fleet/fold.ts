import type { FleetDelta, ServerCard } from '../../../src-main/contract/fleet.ts'

/** Worst first, those of one rank in the user's order. */
export function inOrder(servers: readonly ServerCard[]): readonly ServerCard[] {
  const placeOf = ({ connections }: ServerCard): number => Math.min(...connections.map(({ position }) => position))
  return servers.toSorted((a, b) => a.rank - b.rank || placeOf(a) - placeOf(b) || a.serverId.localeCompare(b.serverId))
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
