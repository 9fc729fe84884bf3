import Database from 'libsql'
import { copyFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { expect, it } from 'vitest'
import type { Sample, SeriesName } from '../../src-main/contract/series.ts'
import { dayMs } from '../../src-main/core/history/buckets.ts'
import type { History } from '../../src-main/services/history/history.ts'
import { historyKey, openHistory, temporaryFolder } from '../support/histories.ts'
import { benchSeries, type BenchSeries } from './series.ts'

const kinds: Readonly<Record<string, string>> = {
  queue_depth: 'depth',
  queue_failed: 'failed',
  health_ping_ms: 'latency'
}
// The data set's names are of these kinds.
const nameOf = ({ name, label }: BenchSeries): SeriesName => `${kinds[name] ?? ''}/${label}` as SeriesName

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN

const verdict = (text: string, value: number, most: number, unit = ''): string =>
  `  ${value <= most ? 'met' : 'MISSED'}: ${text} ${value.toFixed(value < 10 ? 3 : 1)}${unit} (bar: at most ${most}${unit})`

/** Appends sweep by sweep, as polling does; returns how long each call took, in milliseconds. */
function ingest(history: History, series: readonly BenchSeries[], tended: (atMs: number) => void): readonly number[] {
  const names = series.map(nameOf)
  const times: number[] = []
  const count = series[0]?.values.length ?? 0
  for (let index = 0; index < count; index++) {
    const sweep: Sample[] = series.map(({ timestampsMs, values }, at) => ({
      series: names[at] ?? 'depth/none',
      atMs: timestampsMs[index] ?? 0,
      value: values[index] ?? null
    }))
    const startedMs = performance.now()
    history.append('s1', sweep)
    times.push(performance.now() - startedMs)
    if (index % 360 === 359) tended(sweep[0]?.atMs ?? 0)
  }
  return times
}

/** The same samples as plain rows of SQLite with an index, encrypted alike. */
function plainBytes(path: string, series: readonly BenchSeries[]): number {
  const options: Database.Options & { encryptionKey: string } = { encryptionKey: historyKey }
  const database = new Database(path, options)
  database.exec(
    'CREATE TABLE sample (series INTEGER, atMs INTEGER, value INTEGER, PRIMARY KEY (series, atMs)) WITHOUT ROWID'
  )
  const insert = database.prepare('INSERT INTO sample VALUES (?, ?, ?)')
  database.exec('BEGIN')
  series.forEach(({ timestampsMs, values }, at) => {
    timestampsMs.forEach((atMs, index) => insert.run(at, atMs, values[index]))
  })
  database.exec('COMMIT')
  database.close()
  return statSync(path).size
}

it('the history: storage, ingest and queries', async () => {
  const { folder, remove } = temporaryFolder()
  const { source, series } = await benchSeries()
  const names = series.map(nameOf)
  const samples = series.reduce((sum, { values }) => sum + values.length, 0)
  const firstMs = series[0]?.timestampsMs[0] ?? 0
  const lastMs = series[0]?.timestampsMs.at(-1) ?? 0
  const history = openHistory(folder)
  const takenMs = ingest(history, series, () => undefined)

  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const sealingMs = performance.now()
  await history.tend(lastMs + dayMs)
  const sealedMs = performance.now() - sealingMs
  delay.disable()
  for (let left = 0; left < 400; left++) await history.tend(lastMs + dayMs)
  history.close()

  const file = join(folder, 's1.db')
  const whole = statSync(file).size
  const raw = withoutRollUps(file)
  const rollUps = whole - raw
  const plain = plainBytes(join(folder, 'plain.db'), series)

  const month = { serverId: 's1', fromMs: lastMs + 1 - 30 * dayMs, toMs: lastMs + 1, points: 1000 }
  const cold = names.map((name) => {
    const own = openHistory(folder)
    own.lastAtMs('none')
    const startedMs = performance.now()
    own.query({ ...month, series: [name] })
    const tookMs = performance.now() - startedMs
    own.close()
    return tookMs
  })
  const again = openHistory(folder)
  const timed = (act: () => unknown): number => {
    const startedMs = performance.now()
    act()
    return performance.now() - startedMs
  }
  const ranges = names.flatMap((name) =>
    Array.from({ length: 10 }, (_, shift) => ({
      ...month,
      series: [name],
      fromMs: month.fromMs - shift * 3_600_000,
      toMs: month.toMs - shift * 3_600_000
    }))
  )
  const warm = ranges.map((asked) => timed(() => again.query(asked)))
  const three = {
    serverId: 's1',
    series: names.slice(3, 6),
    fromMs: lastMs - 55_550 * 10_000,
    toMs: lastMs + 1,
    points: 1200
  }
  const firstOfThree = timed(() => again.query(three))
  const threeMs = Array.from({ length: 20 }, () => timed(() => again.query(three)))
  again.close()
  remove()

  const perSample = (bytes: number): number => bytes / samples
  console.log(
    [
      `\nhistory (${source}: ${series.length} series, ${samples.toLocaleString('en-US')} samples)`,
      `  closed file, encrypted: ${whole.toLocaleString('en-US')} bytes; plain rows of SQLite, encrypted: ${perSample(plain).toFixed(1)} bytes a sample, ${(plain / raw).toFixed(0)} × as much`,
      verdict('raw series, bytes a sample', perSample(raw), 0.8),
      verdict('raw series, bytes a sample, goal', perSample(raw), 0.7),
      verdict('roll-ups, bytes a raw sample', perSample(rollUps), 0.2),
      verdict('ingest of a 28-sample sweep, median', quantile(takenMs, 0.5), 1, ' ms'),
      `  ingest p99 ${quantile(takenMs, 0.99).toFixed(3)} ms, longest ${Math.max(...takenMs).toFixed(1)} ms`,
      `  sealing a week at once: ${(sealedMs / 1000).toFixed(1)} s, event loop held at most ${(delay.max / 1e6).toFixed(1)} ms, p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms`,
      verdict('30 days at 1,000 points, cold, p95', quantile(cold, 0.95), 15, ' ms'),
      verdict('30 days at 1,000 points, warm, p95', quantile(warm, 0.95), 15, ' ms'),
      `  3 series × 55,550 samples at 1,200 points: first ${firstOfThree.toFixed(1)} ms, then ${quantile(threeMs, 0.5).toFixed(1)} ms`
    ].join('\n')
  )
  expect(firstMs).toBeGreaterThan(0)
  expect(threeMs).toHaveLength(20)
})

/** The size of the file once its roll-ups are deleted: the samples as they came, with index and all else. */
function withoutRollUps(path: string): number {
  const copy = `${path}.rest`
  copyFileSync(path, copy)
  const options: Database.Options & { encryptionKey: string } = { encryptionKey: historyKey }
  const database = new Database(copy, options)
  database.exec('DELETE FROM segment WHERE resolution > 0')
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.exec('PRAGMA incremental_vacuum')
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  return statSync(copy).size
}
