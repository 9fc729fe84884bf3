import { describe, expect, it } from 'vitest'
import { defaultRules } from '../../../../src-main/core/alerts/default-rules.ts'
import { Replay } from '../../../../src-main/core/alerts/replay.ts'
import { readingsOf, seriesOf } from '../../../../src-main/core/alerts/replay-values.ts'
import { ruleKinds, type RuleKind } from '../../../../src-main/contract/alerts.ts'
import type { Reading } from '../../../../src-main/core/reading.ts'

const minuteMs = 60_000
const valuesOf = (kind: RuleKind, samples: readonly Reading[]): readonly (number | null)[] =>
  [...readingsOf(kind, samples)].map(({ value }) => value)
const every = (stepMs: number, values: readonly (number | null)[]): readonly Reading[] =>
  values.map((value, index) => ({ atMs: index * stepMs, value }))

describe('a rule that is tried', () => {
  it('fires when it would have fired, and says whether it still would', () => {
    const depth = defaultRules.find(({ ruleId }) => ruleId === 'depth')
    if (depth === undefined) throw new Error('there is no rule of depth')
    const replay = new Replay(depth, 'functions')
    for (const reading of readingsOf('depth', every(minuteMs, [0, 9000, 9000, 10, 9000, 9000]))) replay.look(reading)
    expect(replay.firings()).toEqual([
      { severity: 'critical', fromMs: 2 * minuteMs, toMs: 3 * minuteMs },
      { severity: 'critical', fromMs: 5 * minuteMs, toMs: null }
    ])
  })

  it('of growth sees the jobs per minute of the last five minutes', () => {
    const rising = valuesOf('growth', every(10_000, [0, 10, 20, 30, null, 50]))
    expect(rising.slice(0, 2)).toEqual([null, null])
    expect(rising.slice(2).map((value) => (value === null ? null : Math.round(value)))).toEqual([60, 60, null, 60])
  })

  it('of failed jobs sees by how many they rose in 15 minutes, whatever was retried', () => {
    expect(valuesOf('failed-increase', every(5 * minuteMs, [0, 3, 10, 4, 6, 6, 6]))).toEqual([0, 3, 10, 10, 9, 2, 2])
  })

  it('of the time to full sees a forecast a minute, made of the hour before it', () => {
    const flood = every(
      10_000,
      Array.from({ length: 180 }, (_, index) => 1000 + index * 20)
    )
    const minutes = valuesOf('forecast', flood)
    expect(minutes).toHaveLength(30)
    expect(minutes[0]).toBe(Number.MAX_SAFE_INTEGER)
    const last = minutes.at(-1) ?? 0
    // 120 a minute, 4,480 at the last full minute: four to five minutes from 5,000.
    expect(last).toBeGreaterThan(2)
    expect(last).toBeLessThan(7)
  })

  it('counts drift in seconds whichever way, and a server down or not', () => {
    expect(valuesOf('drift', every(1, [-2500, 1000]))).toEqual([2.5, 1])
    expect(valuesOf('server-down', every(1, [0, 1, 2]))).toEqual([0, 0, 1])
  })

  it('can be tried in every kind but those whose values are not recorded', () => {
    expect(ruleKinds.filter((kind) => seriesOf(kind) === null)).toEqual(['key', 'no-data'])
  })
})
