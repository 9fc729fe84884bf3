import { describe, expect, it } from 'vitest'
import type { QueueName, QueuesSnapshot, QueueState } from '../../../src-main/contract/queues.ts'
import { axisEnd, foldQueues, mostUrgent } from '../../../src-renderer/features/queues/fold.ts'
import { axisTime, headline, silence, windowWords } from '../../../src-renderer/features/queues/words.ts'

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

const snapshot = (change: Partial<QueuesSnapshot> = {}): QueuesSnapshot => ({
  serverId: 's1',
  intervalMs: 10,
  queues: [state('builds')],
  ...change
})

it('folds news: states are replaced, and queues that are not in them stay', () => {
  const known = snapshot()
  const busy = state('builds', { depth: 7 })
  expect(
    foldQueues(known, [
      { intervalMs: 10, queues: [state('builds', { depth: 3 }), state('usage')], rows: [] },
      { intervalMs: 30, queues: [busy, state('mails')], rows: [] }
    ])
  ).toEqual({ ...known, intervalMs: 30, queues: [busy, state('mails')] })
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

describe('the queue to look at first', () => {
  const unknown = (): null => null

  it('is the gravest, before the fullest', () => {
    const queues = [state('builds', { depth: 4000 }), state('mails', { level: 'critical', depth: 10 })]
    expect(mostUrgent(queues, unknown)).toBe('mails')
  })

  it('is measured by its share of its own threshold', () => {
    const queues = [state('builds', { depth: 400 }), state('mails', { depth: 90, threshold: 100 })]
    expect(mostUrgent(queues, unknown)).toBe('mails')
  })

  it('is the fullest last known one when the server is silent', () => {
    const silent = { level: 'unknown', depth: null } as const
    const queues = [state('builds', silent), state('functions', silent)]
    expect(mostUrgent(queues, (queue) => (queue === 'functions' ? 900 : 3))).toBe('functions')
    expect(mostUrgent([], unknown)).toBeNull()
  })
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

describe('times', () => {
  const at = Date.UTC(2026, 10, 23, 2, 14)

  it('on the axis are days at midnight, and have seconds where they are not on a minute', () => {
    const midnight = Date.UTC(2026, 10, 23)
    expect([midnight, at, at + 10_000].map((each) => axisTime(each, true))).toEqual(['23 Nov', '02:14', '02:14:10'])
  })

  it('of a window have days where there are two', () => {
    expect(windowWords({ fromMs: at, toMs: at + 600_000 }, true)).toBe('02:14–02:24')
    expect(windowWords({ fromMs: at - 86_400_000, toMs: at }, true)).toBe('22 Nov 02:14–23 Nov 02:14')
  })
})
