import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Sample, SeriesName } from '../../src-main/contract/series.ts'
import { initialSettings } from '../../src-main/contract/settings.ts'
import { History, type HistoryOptions } from '../../src-main/services/history/history.ts'

export const historyKey = '0123456789abcdef'.repeat(4)

/** A folder of its own, and what deletes it. */
export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'standby-history-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Histories in a folder, kept unless told otherwise. */
export function openHistory(folder: string, change: Partial<HistoryOptions> = {}): History {
  return new History({
    folder,
    key: () => historyKey,
    isKept: () => true,
    retention: () => initialSettings.retention,
    now: () => 1_790_000_000_000,
    log: () => undefined,
    ...change
  })
}

export const sample = (series: SeriesName, atMs: number, value: number | null): Sample => ({ series, atMs, value })

/** When the samples of `sweeps` begin. */
export const startMs = Date.UTC(2026, 9, 20)
export const sweptNames: readonly SeriesName[] = ['depth/functions', 'failed/functions', 'latency/db']

/** A folder that lasts as long as the test, and what opens the history in it. */
export function setUpHistory(...change: Parameters<typeof openHistory>[1][]) {
  const { folder, remove } = temporaryFolder()
  onTestFinished(remove)
  const open = (now = change[0]) => {
    const history = openHistory(folder, now)
    onTestFinished(() => history.close())
    return history
  }
  return { folder, open, file: join(folder, 's1.db') }
}

/** Sweeps of all series, every `everyMs` or so, from `fromMs` on. */
export function sweeps(count: number, fromMs = startMs, everyMs = 10_000): readonly (readonly Sample[])[] {
  return Array.from({ length: count }, (_, index) =>
    sweptNames.map((name, at) =>
      sample(
        name,
        fromMs + index * everyMs + ((index * 7 + at) % 12),
        index % 97 === 50 ? null : (index * (at + 1)) % 61
      )
    )
  )
}
