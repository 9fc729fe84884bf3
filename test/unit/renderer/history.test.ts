import { describe, expect, it } from 'vitest'
import type { HistoryArgs, HistoryRange, SeriesColumns } from '../../../src-main/contract/history.ts'
import type { SweepRow } from '../../../src-main/contract/queues.ts'
import type { SeriesName } from '../../../src-main/contract/series.ts'
import { BridgeClient } from '../../../src-renderer/bridge/client.ts'
import { append, curveOf, forget, type Curve } from '../../../src-renderer/parts/chart/curve.ts'
import { pictureOf, withRows } from '../../../src-renderer/features/queues/picture.ts'
import { aheadMs, increaseOf, pointsWithin, traceOf } from '../../../src-renderer/features/queues/trace.ts'
import { depthRows } from '../../../src-renderer/features/queues/depth-rows.ts'
import { csvOf } from '../../../src-renderer/features/queues/csv.ts'
import { HistoryStore } from '../../../src-renderer/stores/history.svelte.ts'
import { bridgePair } from '../../support/bridge-pair.ts'
import { calls, feeds } from '../../support/handlers.ts'

const columns = (series: SeriesName, ...entries: (readonly [number, number, number, number])[]): SeriesColumns => ({
  series,
  atMs: Float64Array.from(entries, ([atMs]) => atMs),
  min: Float64Array.from(entries, ([, min]) => min),
  max: Float64Array.from(entries, ([, , max]) => max),
  last: Float64Array.from(entries, ([, , , last]) => last)
})

const raw = (series: SeriesName, ...samples: (readonly [number, number])[]): SeriesColumns =>
  columns(series, ...samples.map(([atMs, value]) => [atMs, value, value, value] as const))

const asked: HistoryArgs = { serverId: 's', series: ['depth/a'], fromMs: 0, toMs: 1000, points: 100 }

const range = (series: readonly SeriesColumns[], stepMs = 0): HistoryRange => ({
  serverId: 's',
  fromMs: 0,
  toMs: 1000,
  stepMs,
  series,
  unwatched: [],
  marks: []
})

const row = (atMs: number, a: number | null): SweepRow => ({ atMs, depths: { a } })

describe('a curve', () => {
  it('has gaps where nobody knows, and a band only where an entry stands for several samples', () => {
    expect(curveOf(columns('depth/a', [0, 5, 5, 5], [10, NaN, NaN, NaN], [20, 1, 9, 4]), [])).toEqual([
      { x: 0, y: 5 },
      { x: 10, y: null },
      { x: 20, y: 4, low: 1, high: 9 }
    ])
  })

  it('is parted by a stretch nobody watched, once and only where it was a line', () => {
    const unwatched = [{ fromMs: 15, toMs: 95, reason: 'asleep' }] as const
    const parted = { x: 15, y: null }
    expect(curveOf(raw('depth/a', [0, 1], [10, 2], [100, 3]), unwatched)).toContainEqual(parted)
    expect(curveOf(raw('depth/a', [0, 1], [12, NaN], [100, 3]), unwatched)).not.toContainEqual(parted)
    expect(curveOf(raw('depth/a', [100, 3], [110, 3]), unwatched)).toHaveLength(2)
  })

  it('grows sample by sample in place, and takes none twice', () => {
    const curve: Curve = [{ x: 10, y: 1 }]
    for (const [atMs, y] of [
      [10, 7],
      [20, null],
      [30, 4],
      [25, 9]
    ] as const) {
      append(curve, atMs, y, 0)
    }
    expect(curve).toEqual([
      { x: 10, y: 1 },
      { x: 20, y: null },
      { x: 30, y: 4 }
    ])
  })

  it('takes a sweep up into its newest bucket, and a silence only where that knows nothing else', () => {
    const curve: Curve = [{ x: 105, y: 5 }]
    append(curve, 140, 9, 100)
    append(curve, 160, null, 100)
    append(curve, 180, 2, 100)
    expect(curve).toEqual([{ x: 105, y: 2, low: 2, high: 9 }])
    append(curve, 210, null, 100)
    append(curve, 220, 3, 100)
    expect(curve[1]).toEqual({ x: 210, y: 3 })
    expect(curve).toHaveLength(2)
  })

  it('forgets what is old in chunks, never the point a line comes in from', () => {
    const curve: Curve = Array.from({ length: 100 }, (_, index) => ({ x: index, y: index }))
    forget(curve, 20)
    expect(curve).toHaveLength(100)
    forget(curve, 60)
    expect([curve[0]?.x, curve.length]).toEqual([59, 41])
  })
})

describe('a picture', () => {
  it('grows with the rows of the feed, its arrays staying the same', () => {
    const picture = pictureOf(asked, range([raw('depth/a', [900, 1])]), true)
    const next = withRows(picture, [row(950, 2), row(1100, null)])
    expect(next).not.toBe(picture)
    expect(next.curves.get('depth/a')).toBe(picture.curves.get('depth/a'))
    expect(next.curves.get('depth/a')).toEqual([
      { x: 900, y: 1 },
      { x: 950, y: 2 },
      { x: 1100, y: null }
    ])
    expect(next.newestMs).toBe(1100)
  })

  it('that was zoomed to takes nothing from beyond its end: a line would lead there', () => {
    const picture = pictureOf(asked, range([raw('depth/a', [900, 1])]), false)
    const next = withRows(picture, [row(950, 2), row(1100, 3)])
    expect(next.curves.get('depth/a')?.map(({ x }) => x)).toEqual([900, 950])
    expect(withRows(next, [row(1200, 3)])).toBe(next)
  })

  it('knows no queue it was not asked for', () => {
    const picture = pictureOf(asked, range([raw('depth/a', [900, 1])]), true)
    const next = withRows(picture, [{ atMs: 950, depths: { b: 1 } }])
    expect([...next.curves.keys()]).toEqual(['depth/a'])
  })
})

it('cuts a curve to a window, with a point on either side for the line to come from', () => {
  const curve: Curve = [0, 10, 20, 30, 40].map((x) => ({ x, y: x }))
  const cut = (fromMs: number, toMs: number): number[] => pointsWithin(curve, { fromMs, toMs }).map(({ x }) => x)
  expect([cut(15, 25), cut(0, 40), cut(50, 60), cut(-9, -5)]).toEqual([[10, 20, 30], [0, 10, 20, 30, 40], [40], [0]])
})

it('counts what failed since the range began, and nothing while someone retries', () => {
  const curve: Curve = [
    { x: 0, y: null },
    { x: 5, y: 12, low: 10, high: 12 },
    { x: 10, y: 14 }
  ]
  expect([increaseOf(curve, 15), increaseOf(curve, null), increaseOf(curve, 3), increaseOf([], 3)]).toEqual([
    5,
    4,
    0,
    null
  ])
})

describe('a forecast', () => {
  const forecast = { kind: 'to-threshold', earliestMs: 0, latestMs: null, perMinute: 1, sinceMs: 0 } as const
  const state = {
    queue: 'a',
    level: 'warning',
    depth: 4000,
    atMs: 900,
    changePerMinute: 100,
    threshold: 5000,
    failed: null,
    forecast: { ...forecast, likelyMs: 2000 },
    fault: null
  } as const
  const board = { window: { fromMs: 0, toMs: 1200 }, endMs: 900, isStale: false, suspicions: [] }
  const picture = pictureOf(asked, range([raw('depth/a', [900, 4000])]), true)

  it('makes room on the axis only where it can be told apart from the present', () => {
    expect(aheadMs([null, { ...forecast, likelyMs: 1_900_000 }], 1_000_000, 3_600_000)).toBe(600_000)
    expect(aheadMs([{ ...forecast, likelyMs: 1_900_000 }], 1_000_000, 2_592_000_000)).toBe(0)
    expect(aheadMs([null], 0, 3_600_000)).toBe(0)
  })

  it('starts from the last point and keeps the threshold in sight', () => {
    const { view } = traceOf(state, picture, board)
    expect(view.cone).toMatchObject({ fromMs: 900, fromDepth: 4000, toDepth: 5000 })
    expect(view.scale.hasThreshold).toBe(true)
  })

  it('is not drawn from a depth that is no longer the present one', () => {
    expect(traceOf(state, picture, { ...board, isStale: true }).view.cone).toBeNull()
    expect(traceOf({ ...state, depth: null }, picture, board).view.cone).toBeNull()
    const past = { ...picture, isFollowing: false, asked: { ...asked, toMs: 800 } }
    expect(traceOf(state, past, board).view.cone).toBeNull()
  })
})

it('hands each queue what is suspected of it', () => {
  const suspicion = { kind: 'worker-dead', level: 'critical', sinceMs: 0, saw: 'x', check: 'y' } as const
  const suspicions = [
    { ...suspicion, subject: 'a' },
    { ...suspicion, subject: 'b' }
  ]
  const picture = pictureOf(asked, range([]), true)
  const state = {
    queue: 'b',
    level: 'ok',
    depth: 1,
    atMs: 0,
    changePerMinute: null,
    threshold: 5,
    failed: null,
    forecast: null,
    fault: null
  } as const
  const board = { window: { fromMs: 0, toMs: 1 }, endMs: 1, isStale: false, suspicions }
  expect(traceOf(state, picture, board).suspicions).toEqual([suspicions[1]])
})

describe('the rows of the table', () => {
  it('are one a sweep, newest first, with nothing where a queue was not asked', () => {
    const a: Curve = [
      { x: 0, y: 1 },
      { x: 10, y: 2 }
    ]
    const b: Curve = [{ x: 10, y: null }]
    expect(depthRows([a, b], 0, { fromMs: 0, toMs: 10 })).toEqual([
      { atMs: 10, cells: [a[1], b[0]] },
      { atMs: 0, cells: [a[0], null] }
    ])
  })

  it('are one a bucket where each queue has a first sample of its own', () => {
    const a: Curve = [{ x: 101, y: 1 }]
    const b: Curve = [{ x: 104, y: 2 }]
    expect(depthRows([a, b], 100, { fromMs: 0, toMs: 200 })).toEqual([{ atMs: 101, cells: [a[0], b[0]] }])
  })
})

it('writes a chart as CSV: UTC, empty for gaps, the compared beside', () => {
  const points = [
    { x: 0, y: 3 },
    { x: 10_000, y: null },
    { x: 20_000, y: 5, low: 1, high: 9 }
  ]
  expect(csvOf(points, [], 10_000)).toBe(
    'time,depth,lowest,highest\r\n1970-01-01T00:00:00.000Z,3,3,3\r\n1970-01-01T00:00:10.000Z,,,\r\n1970-01-01T00:00:20.000Z,5,1,9\r\n'
  )
  const compared = csvOf(points, [{ x: 19_000, y: 8 }], 5000).split('\r\n')
  expect([compared[0], compared[1], compared[3]]).toEqual([
    'time,depth,lowest,highest,compared',
    '1970-01-01T00:00:00.000Z,3,3,3,',
    '1970-01-01T00:00:20.000Z,5,1,9,8'
  ])
})

describe('asking', () => {
  /** A store before a main that answers when it is told to, oldest question first. */
  function asking() {
    const answers: ((range: HistoryRange) => void)[] = []
    const signals: AbortSignal[] = []
    const { standby } = bridgePair({
      calls: calls({
        'history.query': (_args, signal) => {
          signals.push(signal)
          return new Promise<HistoryRange>((resolve) => answers.push(resolve))
        }
      }),
      feeds: feeds(),
      onDefect: () => undefined
    })
    return { store: new HistoryStore(new BridgeClient(standby)), answers, signals }
  }

  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

  it('loses no row that comes while main answers, and takes none twice', async () => {
    const { store, answers } = asking()
    const done = store.ask(asked, true)
    await settled()
    store.append([row(900, 7)])
    store.append([row(950, 8)])
    answers[0]?.(range([raw('depth/a', [890, 6], [900, 7])]))
    await done
    expect(store.picture?.curves.get('depth/a')).toEqual([
      { x: 890, y: 6 },
      { x: 900, y: 7 },
      { x: 950, y: 8 }
    ])
  })

  it('cancels a question that another replaces, and ignores what it answers', async () => {
    const { store, answers, signals } = asking()
    const stale = store.ask(asked, true)
    await settled()
    const done = store.ask({ ...asked, fromMs: 500 }, true)
    await settled()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
    answers[1]?.(range([raw('depth/a', [900, 2])]))
    await done
    answers[0]?.(range([raw('depth/a', [100, 1])]))
    await stale
    expect(store.picture?.asked.fromMs).toBe(500)
    expect(store.picture?.curves.get('depth/a')).toEqual([{ x: 900, y: 2 }])
  })

  it('keeps the old picture of a server while it asks, and never shows it as that of another', async () => {
    const { store, answers } = asking()
    const done = store.ask(asked, true)
    await settled()
    answers[0]?.(range([raw('depth/a', [900, 2])]))
    await done
    void store.ask({ ...asked, fromMs: 500 }, true)
    expect(store.picture?.asked.fromMs).toBe(0)
    void store.ask({ ...asked, serverId: 't' }, true)
    expect(store.picture).toBeNull()
  })

  it('brings typed columns over the bridge as they are', async () => {
    const { store, answers } = asking()
    const done = store.ask(asked, true)
    await settled()
    answers[0]?.(range([columns('depth/a', [1, 1, 9, 4], [2, NaN, NaN, NaN])], 100))
    await done
    expect(store.picture?.curves.get('depth/a')).toEqual([
      { x: 1, y: 4, low: 1, high: 9 },
      { x: 2, y: null }
    ])
    expect(store.picture?.stepMs).toBe(100)
  })
})
