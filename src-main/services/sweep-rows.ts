import type { QueueName, SweepRow } from '../contract/queues.ts'
import type { SampleStore } from './monitor/sample-store.ts'

/** The sweeps kept in the history since `fromMs`, oldest first: the depths of one moment are one row. */
export function sweepRows(
  store: SampleStore,
  serverId: string,
  queues: readonly QueueName[],
  fromMs: number
): readonly SweepRow[] {
  const rows = new Map<number, Record<QueueName, number | null>>()
  for (const queue of queues) {
    for (const { atMs, value } of store.samples(serverId, `depth/${queue}`, fromMs)) {
      const depths = rows.get(atMs)
      if (depths === undefined) rows.set(atMs, { [queue]: value })
      else depths[queue] = value
    }
  }
  return [...rows].map(([atMs, depths]) => ({ atMs, depths })).sort((a, b) => a.atMs - b.atMs)
}
