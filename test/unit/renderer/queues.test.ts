import { describe, expect, it } from 'vitest'
import { queueNames } from '../../support/queue-names.ts'
import type { QueueName, QueuesSnapshot, QueueState, SweepRow } from '../../../src-main/contract/queues.ts'
import { axisEnd, foldQueues, mostUrgent, pointsOf, rowsWithin } from '../../../src-renderer/features/queues/fold.ts'
import { tracesOf } from '../../../src-renderer/features/queues/trace.ts'
import { headline, silence } from '../../../src-renderer/features/queues/words.ts'

const state = (queue: QueueName, change: Partial<QueueState> = {}): QueueState => ({
  queue,
  level: 'ok',
  depth: 0,
  atMs: 0,
  changePerMinute: 0,
  threshold: 5000,
  failed: 0,
  forecast: null,
  fault: null,
  ...change
})

const row = (atMs: number, depths: Partial<Record<QueueName, number>> = {}): SweepRow => ({
  atMs,
  depths: Object.fromEntries(queueNames.map((queue) => [queue, depths[queue] ?? null]))
})

const snapshot = (change: Partial<QueuesSnapshot> = {}): QueuesSnapshot => ({
  serverId: 's1',
  rangeMs: 100,
  intervalMs: 10,
  queues: [state('builds')],
  rows: [],
  ...change
})

describe('folding', () => {
  it('appends rows, replaces states and forgets what left the range', () => {
    const known = snapshot({ rows: [row(0), row(50), row(100)] })
    const busy = state('builds', { depth: 7 })
    expect(
      foldQueues(known, [
        { queues: [state('builds', { depth: 3 })], rows: [row(110)] },
        { queues: [busy], rows: [row(150, { builds: 7 })] }
      ])
    ).toEqual({ ...known, queues: [busy], rows: [row(50), row(100), row(110), row(150, { builds: 7 })] })
  })

  it('keeps rows, and the queues that are not in the news', () => {
    const known = snapshot({ rows: [row(0)] })
    expect(foldQueues(known, [{ queues: [state('mails')], rows: [] }])).toEqual({
      ...known,
      queues: [state('builds'), state('mails')]
    })
  })
})

it('cuts rows to the range shown', () => {
  const rows = [row(0), row(50), row(100)]
  expect([rowsWithin(rows, 100, 50), rowsWithin(rows, 300, 50)]).toEqual([[row(50), row(100)], []])
})

describe('the end of the time axis', () => {
  it('is the newest row while rows keep coming', () => {
    expect([axisEnd(1000, 1000, 10), axisEnd(1000, 1019, 10)]).toEqual([1000, 1000])
  })

  it('moves on by whole sweeps when they stop, so that silence shows', () => {
    expect([axisEnd(1000, 1020, 10), axisEnd(1000, 1057, 10)]).toEqual([1020, 1050])
  })

  it('is the present before the first row, and never before a row from a clock ahead of ours', () => {
    expect([axisEnd(null, 1057, 10), axisEnd(1000, 900, 10)]).toEqual([1050, 1000])
  })
})

it('takes a queue out of the rows by name, gaps as null', () => {
  expect(pointsOf([row(0, { 'usage-dump': 4, usage: 9 }), row(10)], 'usage-dump')).toEqual([
    { x: 0, y: 4 },
    { x: 10, y: null }
  ])
})

describe('the queue to look at first', () => {
  it('is the gravest, before the fullest', () => {
    const queues = [state('builds', { depth: 4000 }), state('mails', { level: 'critical', depth: 10 })]
    expect(mostUrgent({ queues, rows: [] })).toBe('mails')
  })

  it('is measured by its share of its own threshold', () => {
    const queues = [state('builds', { depth: 400 }), state('mails', { depth: 90, threshold: 100 })]
    expect(mostUrgent({ queues, rows: [] })).toBe('mails')
  })

  it('is the fullest last known one when the server is silent', () => {
    const silent = { level: 'unknown', depth: null } as const
    const queues = [state('builds', silent), state('functions', silent)]
    expect(mostUrgent({ queues, rows: [row(0, { builds: 3, functions: 900 }), row(10)] })).toBe('functions')
    expect(mostUrgent({ queues: [], rows: [] })).toBeNull()
  })
})

it('hands one and the same row to every chart', () => {
  const rows = [row(0, { builds: 1, mails: 2 }), row(10, { builds: 3 })]
  const traces = tracesOf([state('builds'), state('mails')], rows, 10, 100, false)
  expect(traces.map(({ state: { queue }, view }) => [queue, view.points, view.fromMs, view.toMs])).toEqual([
    [
      'builds',
      [
        { x: 0, y: 1 },
        { x: 10, y: 3 }
      ],
      -90,
      10
    ],
    [
      'mails',
      [
        { x: 0, y: 2 },
        { x: 10, y: null }
      ],
      -90,
      10
    ]
  ])
})

describe('words', () => {
  it('say what is watched and how often, without what the server does not offer', () => {
    const queues = [
      state('builds'),
      state('mails', { failed: null }),
      state('usage', { level: 'not-offered', failed: null })
    ]
    expect(headline(snapshot({ queues, intervalMs: 10_000 }))).toBe('2 depths · 1 failed counter · every 10 s')
  })

  it('say for how long a queue is silent', () => {
    const silent = state('mails', { level: 'unknown', depth: null })
    const points = [
      { x: 0, y: 4 },
      { x: 10_000, y: null }
    ]
    expect(silence(silent, points, 185_000)).toBe('no answer 3 min')
    expect(silence(silent, [], 185_000)).toBe('no answer yet')
    expect(silence(state('mails'), points, 185_000)).toBeNull()
    expect(silence(state('mails', { level: 'not-offered', depth: null }), [], 0)).toBe('not offered')
  })
})
