import { describe, expect, it } from 'vitest'
import type { Suspicion } from '../../../../src-main/contract/suspicions.ts'
import { trendOf } from '../../../../src-main/core/forecast/trend.ts'
import type { Reading } from '../../../../src-main/core/reading.ts'
import type { Evidence, QueueEvidence } from '../../../../src-main/core/detectors/evidence.ts'
import { suspicionsOf } from '../../../../src-main/core/detectors/suspicions.ts'
import { workerOf } from '../../../../src-main/core/detectors/workers.ts'
import { serverQueueNames } from '../../../../src-main/appwrite/queues.ts'
import { randomOf } from '../../../support/depth-series.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const nowMs = 60 * minuteMs
const nothing: Evidence = { nowMs, queues: [], drift: [], certificates: [], checks: [], executions: null }

/** An hour of sweeps by the value at a minute, or a part of it. */
const hour = (value: (minute: number) => number | null, fromMinute = 0, everyMs = 10_000): readonly Reading[] =>
  Array.from({ length: Math.floor(((60 - fromMinute) * minuteMs) / everyMs) + 1 }, (_, i) => {
    const atMs = fromMinute * minuteMs + i * everyMs
    const found = value(atMs / minuteMs)
    return { atMs, value: found === null ? null : Math.max(0, Math.round(found)) }
  })
type Queue = Partial<Omit<QueueEvidence, 'trend'>>
const queue = (of: Queue, atMs: number): QueueEvidence => {
  const given = { queue: 'functions', threshold: 5000, depths: [], failed: [], ...of }
  return { ...given, trend: trendOf(given.depths, { threshold: given.threshold, nowMs: atMs }) }
}
const ofQueue = (of: Queue, atMs = nowMs): readonly Suspicion[] =>
  suspicionsOf({ ...nothing, nowMs: atMs, queues: [queue(of, atMs)] })
const kinds = (found: readonly Suspicion[]): readonly string[] => found.map(({ kind }) => kind)
const noiseOf = (seed: number, width: number): (() => number) => {
  const random = randomOf(seed)
  return () => (random() - 0.5) * width
}

describe('a dead worker', () => {
  const noise = noiseOf(1, 60)
  const calm = hour((minute) => (minute < 50 ? 200 + noise() : 260 + (minute - 50) * 120))
  const dead = calm

  it('is suspected when the queue rises, nothing leaves it and nothing fails', () => {
    expect(ofQueue({ depths: dead, failed: hour(() => 7) })).toEqual([
      {
        kind: 'worker-dead',
        subject: 'functions',
        level: 'critical',
        sinceMs: expect.any(Number) as number,
        saw: expect.stringMatching(/^functions rose from \d+ to 1,460 jobs in 10 min .* failed jobs stay/) as string,
        check: expect.stringContaining('docker compose ps appwrite-worker-functions') as string
      }
    ])
  })

  it('is suspected of a queue that stands above zero and never moves', () => {
    expect(kinds(ofQueue({ depths: hour(() => 12) }))).toEqual(['worker-dead'])
  })

  it('keeps its beginning from call to call', () => {
    const at = (minutes: number) => {
      const samples = dead.filter(({ atMs }) => atMs <= minutes * minuteMs)
      return ofQueue({ depths: samples }, minutes * minuteMs)[0]?.sinceMs
    }
    expect(at(55)).toBeDefined()
    expect([at(57), at(59), at(60)]).toEqual([at(55), at(55), at(55)])
  })

  it.each<[string, Queue]>([
    [
      'a flood, in which some sweeps see jobs leave',
      { depths: hour((m) => 200 + (m > 55 ? (m - 55) * 120 : 0) + noise()) }
    ],
    [
      'jobs that fail, for somebody took them',
      { depths: dead, failed: hour((m) => 7 + Math.max(0, Math.floor(m) - 52) / 3) }
    ],
    ['an empty queue', { depths: hour(() => 0) }],
    ['the filling side of a saw', { depths: hour((m) => (m % 11) * 200) }],
    ['a rise of which most is a gap', { depths: hour((m) => (m > 51 && m < 59 ? null : m * 20)) }],
    ['depths nobody knows', { depths: hour(() => null) }],
    ['depths that are old', { depths: dead.map(({ atMs, value }) => ({ atMs: atMs - 10 * minuteMs, value })) }]
  ])('is not suspected of %s', (_, of) => {
    expect(kinds(ofQueue(of))).not.toContain('worker-dead')
  })
})

describe('a drain that is too slow', () => {
  it('is suspected when a queue rises for long though some sweeps see it fall', () => {
    const noise = noiseOf(2, 120)
    const slow = hour((minute) => 300 + Math.max(0, minute - 35) * 60 + noise())
    const found = ofQueue({ depths: slow })
    expect(kinds(found)).toEqual(['drain-slower'])
    expect(Math.abs((found[0]?.sinceMs ?? 0) - 35 * minuteMs)).toBeLessThan(5 * minuteMs)
    expect(found[0]?.saw).toMatch(/^functions has risen by [5-7]\d jobs a minute for 2\d min/)
  })

  const noise = noiseOf(5, 120)
  it.each<[string, (minute: number) => number]>([
    ['noise on a level', () => 900 + 2 * noise()],
    ['a saw', (m) => (m % 15) * 150 + noise()],
    ['a queue that is worked off', (m) => 4000 - m * 50 + noise()],
    ['a rise of four minutes', (m) => 300 + Math.max(0, m - 56) * 200 + noise()]
  ])('is not suspected of %s', (_, value) => {
    expect(kinds(ofQueue({ depths: hour(value) }))).toEqual([])
  })
})

describe('a jump of failed jobs', () => {
  const every30s = (value: (minute: number) => number | null): readonly Reading[] => hour(value, 0, 30_000)

  it('is suspected when more fail than usual, since the first of them', () => {
    const [found] = ofQueue({ failed: every30s((m) => (m < 50 ? 3 : 3 + Math.min(12, (m - 50) * 4))) })
    expect(found).toMatchObject({ kind: 'failed-jump', level: 'warning', sinceMs: 50.5 * minuteMs })
    expect(found?.saw).toBe(
      '12 jobs of functions failed in the last 10 min, none in the time watched before; 15 are kept as failed.'
    )
  })

  it('says over how long they failed: since the last count without them', () => {
    const failed = every30s((m) => (m < 56.5 ? 2 : 17))
    expect(ofQueue({ failed })[0]?.saw).toMatch(/^15 jobs of functions failed in the last 4 min,/)
    const later = [...failed, { atMs: 66 * minuteMs, value: 17 }]
    expect(ofQueue({ failed: later }, 66 * minuteMs)[0]?.saw).toMatch(
      /^15 jobs of functions failed in the last 10 min,/
    )
  })

  it.each<[string, (minute: number) => number | null]>([
    ['a count that stays', () => 40],
    ['a count that was reset', (m) => (m < 50 ? 400 : 0)],
    ['a count that was retried in part', (m) => (m < 50 ? 400 : 390 - (m - 50))],
    ['two that failed', (m) => (m < 50 ? 3 : 5)],
    ['what it is every few minutes', (m) => 10 * Math.floor(m / 6)],
    ['a count that differs after a stretch nobody watched', (m) => (m < 20 ? 3 : m < 45 ? null : 90)],
    ['a jump that is long over', (m) => (m < 20 ? 3 : 60)]
  ])('is not suspected of %s', (_, value) => {
    expect(ofQueue({ failed: every30s(value) })).toEqual([])
  })
})

describe('a green server whose executions fail', () => {
  const checks = [{ level: 'ok', sinceMs: 0 } as const, { level: 'not-offered', sinceMs: 0 } as const]
  const executions = [
    { fromMs: 0, ended: 40, failed: 1 },
    { fromMs: 10 * minuteMs, ended: 0, failed: 0 },
    { fromMs: 20 * minuteMs, ended: 30, failed: 18 },
    { fromMs: 30 * minuteMs, ended: 20, failed: 14 }
  ]

  it('is suspected since the executions fail', () => {
    expect(suspicionsOf({ ...nothing, checks, executions })).toMatchObject([
      { kind: 'green-but-failing', level: 'critical', sinceMs: 20 * minuteMs }
    ])
  })

  it.each<[string, Partial<Evidence>]>([
    ['without counts of executions', { checks, executions: null }],
    ['while a check fails', { checks: [...checks, { level: 'critical', sinceMs: 0 }], executions }],
    ['while a check is unknown', { checks: [...checks, { level: 'unknown', sinceMs: 0 }], executions }],
    ['without checks', { executions }],
    ['of three executions', { checks, executions: [{ fromMs: 0, ended: 3, failed: 3 }] }],
    [
      'once they no longer fail',
      { checks, executions: [...executions, { fromMs: 40 * minuteMs, ended: 30, failed: 1 }] }
    ]
  ])('is silent %s', (_, of) => {
    expect(suspicionsOf({ ...nothing, ...of })).toEqual([])
  })
})

describe('a clock that is off', () => {
  const drift = (value: (minute: number) => number | null): readonly Reading[] =>
    Array.from({ length: 13 }, (_, i) => ({ atMs: i * 5 * minuteMs, value: value(i * 5) }))

  it.each<[string, number, 'warning' | 'critical', string]>([
    ['three seconds', 3000, 'warning', '3 s behind'],
    ['forty seconds', -40_000, 'critical', '40 s ahead']
  ])('by %s is suspected since it is', (_, off, level, words) => {
    const [found] = suspicionsOf({ ...nothing, drift: drift((m) => (m < 30 ? 0 : off)) })
    expect(found).toMatchObject({ kind: 'clock-drift', level, sinceMs: 30 * minuteMs })
    expect(found?.saw).toContain(words)
  })

  it.each<[string, (minute: number) => number | null]>([
    ['whole seconds to and fro', (m) => ((m / 5) % 2 === 0 ? 1000 : -1000)],
    ['two seconds', () => 2000],
    ['one odd answer', (m) => (m === 40 ? 90_000 : 0)],
    ['what was put right', (m) => (m < 50 ? 9000 : 0)],
    ['readings that are gaps', (m) => (m < 45 ? null : m === 60 ? 9000 : null)]
  ])('is not suspected of %s', (_, value) => {
    expect(suspicionsOf({ ...nothing, drift: drift(value) })).toEqual([])
  })
})

describe('the end of a certificate', () => {
  const ending = (days: number) =>
    suspicionsOf({ ...nothing, certificates: [{ domain: 'a.example', issuer: 'R11', endsMs: nowMs + days * dayMs }] })

  it.each<[number, string | undefined, RegExp]>([
    [14.5, undefined, /^$/],
    [13.5, 'warning', /issued by R11, ends in 13 days/],
    [2.5, 'warning', /ends in 2 days/],
    [1.5, 'critical', /ends in 1 day\b/],
    [-3.5, 'critical', /ended 3 days ago/]
  ])('in %s days is %s', (days, level, words) => {
    const [found] = ending(days)
    expect(found?.level).toBe(level)
    expect(found?.saw ?? '').toMatch(words)
  })

  it('counts from the same moment whenever it is asked', () => {
    expect(ending(10)[0]?.sinceMs).toBe(nowMs - 4 * dayMs)
  })
})

it('names a worker for every queue of Appwrite', () => {
  expect(serverQueueNames.map(workerOf).every((name) => /^appwrite-worker-[a-z-]+$/.test(name))).toBe(true)
  expect([workerOf('logs'), workerOf('stats-usage')]).toEqual(['appwrite-worker-audits', 'appwrite-worker-stats-usage'])
})
