import { net } from 'electron'
import { networkInterfaces } from 'node:os'
import { leadsAway } from '../core/offline.ts'
import type { Network } from '../services/ports.ts'

/** The network as Node and Chromium see it. */
export const systemNetwork: Network = {
  hasInterface: () =>
    Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .some(leadsAway),
  systemSaysOnline: () => net.isOnline()
}
