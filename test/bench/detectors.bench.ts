import { expect, it } from 'vitest'
import type { Evidence } from '../../src-main/core/detectors/evidence.ts'
import { trendOf } from '../../src-main/core/forecast/trend.ts'
import { suspicionsOf } from '../../src-main/core/detectors/suspicions.ts'
import { depthSeries, seriesClasses, threshold } from '../support/depth-series.ts'

const nowMs = 10_800_000

/** Sixteen queues of all characters, an hour of each, as one sweep has them. */
function evidenceOf(seed: number): Evidence {
  const queues = Array.from({ length: 16 }, (_, i) => {
    const series = depthSeries(seriesClasses[i % seriesClasses.length] ?? 'mixed', seed * 100 + i)
    const depths = series.samples.filter(({ atMs }) => atMs > nowMs - 3_600_000 && atMs <= nowMs)
    const failed = depths
      .filter((_, at) => at % 3 === 0)
      .map(({ atMs }) => ({ atMs, value: Math.floor(atMs / 900_000) }))
    return { queue: `queue-${i}`, threshold, depths, trend: trendOf(depths, { threshold, nowMs }), failed }
  })
  const drift = Array.from({ length: 13 }, (_, i) => ({ atMs: nowMs - (12 - i) * 300_000, value: 3000 }))
  return { nowMs, queues, drift, certificates: [], checks: [], executions: null }
}

it('all detectors over sixteen queues', () => {
  const cases = Array.from({ length: 30 }, (_, i) => evidenceOf(i + 1))
  for (let warm = 0; warm < 20; warm++) for (const evidence of cases) suspicionsOf(evidence)
  const times = cases.flatMap((evidence) =>
    Array.from({ length: 20 }, () => {
      const startMs = performance.now()
      suspicionsOf(evidence)
      return performance.now() - startMs
    })
  )
  times.sort((a, b) => a - b)
  const [median = NaN, high = NaN] = [times[times.length >> 1], times[Math.floor(times.length * 0.99)]]
  console.log(`all detectors, 16 queues: median ${median.toFixed(2)} ms, p99 ${high.toFixed(2)} ms`)
  console.log(`${median <= 1 ? 'met' : 'MISSED'}: median against 1 ms`)
  expect(times).toHaveLength(600)
})
