import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
