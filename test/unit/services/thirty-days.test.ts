import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Unwatched } from '../../../src-main/contract/history.ts'
import type { Sample, SeriesName } from '../../../src-main/contract/series.ts'
import { initialSettings } from '../../../src-main/contract/settings.ts'
import { FakeClock, settled } from '../../support/fake-clock.ts'
import { longWatch } from '../../support/long-watch.ts'
import {
  hourMs,
  retryAfterMs,
  roughDays,
  seeded,
  Weather,
  type Rough,
  type RoughDays
} from '../../support/rough-days.ts'

// What is foretold and suspected changes nothing of what is asked and kept, and would take nearly all of the time.
vi.mock('../../../src-main/services/monitor/outlook.ts', () => ({
  Outlook: class {
    readonly suspicions = []
    readonly forecast = () => null
    readonly look = () => undefined
    readonly lose = () => undefined
  }
}))

const isSoak = process.env.STANDBY_SOAK === '1'
const rounds = isSoak ? 10 : 1
const { depthsMs, cheapMs, slowMs, rareMs } = initialSettings.intervals

/** What stands for each kind of round, and how often it is due. */
const everyMs: Readonly<Record<string, number>> = {
  'depth/functions': depthsMs,
  'failed/functions': cheapMs,
  'check/db': cheapMs,
  'check/storage': slowMs,
  'check/time': slowMs,
  'check/anti-virus': slowMs,
  'check/certificate/old.example.com': rareMs,
  version: rareMs
}
const kept: readonly SeriesName[] = [
  'depth/functions',
  'failed/mails',
  'latency/db',
  'level/db',
  'level/server',
  'drift/time'
]

/** A round is begun this long after it is due at most. */
const lateMs = 1_000
/** From the end of a trouble to the first round: the longest wait for a probe, its deadline, and what is spread. */
const backMs = 36_000 + 5_000 + 4_000
/** What sleeps left overdue is spread over the lane's spread. */
const spreadMs = (interval: number): number => (interval === rareMs ? 40_000 : interval === slowMs ? 20_000 : 6_000)
const lookMs = 5_000

interface Span {
  readonly fromMs: number
  readonly toMs: number
}

interface Slept {
  readonly wall: Span
  readonly monotonic: Span
  readonly isSaid: boolean
}

async function live(days: RoughDays, clock: FakeClock, watch: ReturnType<typeof longWatch>): Promise<readonly Slept[]> {
  const sleeps: Slept[] = []
  for (const turn of days.turns) {
    await clock.advance(turn.atMs - clock.monotonicMs())
    if (turn.kind === 'jump') clock.jump(turn.ms)
    else if (turn.kind === 'upgrade') watch.named(turn.server).server.version = turn.version
    else if (turn.kind === 'failing') {
      const { failing } = watch.named(turn.server).server
      if (turn.isFailing) failing.add(turn.check)
      else failing.delete(turn.check)
    } else {
      const from = [clock.now(), clock.monotonicMs()] as const
      if (turn.isSaid) watch.power.suspend()
      await settled()
      clock.sleep(turn.ms, turn.isCounted ? turn.ms : 0)
      if (turn.isSaid) watch.power.resume()
      sleeps.push({
        wall: { fromMs: from[0], toMs: clock.now() },
        monotonic: { fromMs: from[1], toMs: clock.monotonicMs() },
        isSaid: turn.isSaid
      })
    }
  }
  await clock.advance(days.lengthMs - clock.monotonicMs())
  return sleeps
}

/** Stretches without trouble, oldest first. */
function clear(troubles: readonly Span[], untilMs: number): readonly Span[] {
  const out: Span[] = []
  let fromMs = 0
  for (const trouble of [...troubles].sort((a, b) => a.fromMs - b.fromMs)) {
    if (trouble.fromMs > fromMs) out.push({ fromMs, toMs: trouble.fromMs })
    fromMs = Math.max(fromMs, trouble.toMs)
  }
  return [...out, { fromMs, toMs: untilMs }]
}

/** Where a question was not asked although it was due: the stretches longer than allowed, in words. */
function starved(asked: readonly number[], spans: readonly Span[], firstMs: number, nextMs: number): readonly string[] {
  const found: string[] = []
  let i = 0
  for (const { fromMs, toMs } of spans) {
    let due = fromMs + firstMs
    while ((asked[i] ?? Infinity) < fromMs) i++
    for (; (asked[i] ?? Infinity) < toMs; i++) {
      const ms = asked[i] ?? 0
      if (ms > due) found.push(`asked at ${ms}, due by ${due} in ${fromMs}–${toMs}`)
      due = ms + nextMs
    }
    if (toMs > due) found.push(`not asked by ${due} in ${fromMs}–${toMs}`)
  }
  return found
}

describe(`${rounds * 3} days in which everything happens`, { timeout: 3_600_000 }, () => {
  const zone = process.env.TZ
  const random = seeded(20_261_025)
  const days = roughDays(rounds, random)
  const clock = new FakeClock(Date.UTC(2026, 9, 23, 18))
  const startedAtMs = clock.now()
  const weather = new Weather(days, random)
  const watch = longWatch({
    clock,
    random,
    servers: { old: '1.5.11', upgraded: '1.5.11', depthless: '2.0.0' },
    fateOf: (server, question) => weather.fateOf(clock.monotonicMs(), server, question),
    hasInterface: () => weather.hasInterface(clock.monotonicMs()),
    timed: [...Object.keys(everyMs), 'depth/executions', 'check/http'],
    kept
  })
  let sleeps: readonly Slept[] = []

  beforeAll(async () => {
    // Summer time ends here on 25 October 2026, in the middle of the watch.
    process.env.TZ = 'Europe/Berlin'
    watch.poller.start()
    sleeps = await live(days, clock, watch)
    await watch.history.tend(clock.now())
    await watch.history.tend(clock.now())
  }, 3_600_000)
  afterAll(() => {
    watch.poller.stop()
    watch.history.close()
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  })

  /** What keeps this question from being asked of this server. */
  const troubles = (server: string, question: string): readonly Rough[] =>
    days.rough.filter(
      (one) => (one.server ?? server) === server && (one.questions?.includes(question) ?? true) && one.kind !== 'slow'
    )

  it('saw the end of summer time', () => {
    const offsets = [startedAtMs, clock.now()].map((atMs) => new Date(atMs).getTimezoneOffset())
    expect(offsets).toEqual([-120, -60])
    expect(watch.defects).toEqual([])
  })

  it.each(Object.keys(everyMs))('asks for %s within its interval whenever it can be asked for', (question) => {
    const interval = everyMs[question] ?? 0
    for (const { name, asked } of watch.all) {
      const own = name === 'depthless' && question === 'depth/functions' ? 'check/http' : question
      const isOffered = !(question.startsWith('check/certificate') && name !== 'old')
      if (!isOffered) continue
      const met = troubles(name, own)
      const waitMs = met.some(({ kind }) => kind === 'limited') ? retryAfterMs : 0
      const spans = clear([...met, ...sleeps.map(({ monotonic }) => monotonic)], days.lengthMs)
      const firstMs = Math.max(interval, backMs + spreadMs(interval), waitMs) + lookMs + lateMs
      expect(starved(asked.get(own) ?? [], spans, firstMs, interval + lateMs), name).toEqual([])
    }
  })

  it('never asks a question again while it is under way', () => {
    expect(watch.all.map(({ server }) => server.overlaps)).toEqual([0, 0, 0])
  })

  it('never asks in bursts, not at the start, not after a sleep, not when the network is back', () => {
    for (const { name, rate } of watch.all) {
      // All that one server is ever asked is 38 questions, a few of them twice; an upgrade asks for all anew.
      expect([name, rate.most <= (name === 'upgraded' ? 50 : 45), rate.most]).toEqual([name, true, rate.most])
    }
    expect(watch.rate.most).toBeLessThanOrEqual(100)
  })

  it('knocks at a server that is down no more often than its backoff says', () => {
    const down = days.rough.filter(({ kind }) => kind === 'down')
    const asked = watch.named('old').asked.get('check/http') ?? []
    for (const { fromMs, toMs } of down) {
      const count = asked.filter((ms) => ms > fromMs && ms < toMs).length
      expect(count).toBeLessThanOrEqual((toMs - fromMs) / 24_000 + 8)
      expect(count).toBeGreaterThanOrEqual((toMs - fromMs) / 37_000)
    }
  })

  it('keeps no value that nobody gave at that time', () => {
    expect(watch.all.map(({ invented }) => invented.slice(0, 5))).toEqual([[], [], []])
  })

  it('keeps nothing but gaps of the time the machine slept', () => {
    for (const { samples } of watch.all) {
      for (const { wall } of sleeps.filter(({ wall }) => wall.toMs - wall.fromMs > hourMs)) {
        const within = [...samples.values()].flat().filter(({ atMs }) => atMs > wall.fromMs && atMs < wall.toMs)
        expect(within.filter(({ value }) => value !== null)).toEqual([])
      }
    }
  })

  it('keeps the stretches nobody watched, and no other', () => {
    for (const { unwatched } of watch.all) {
      expect(unwatched).toHaveLength(sleeps.length)
      sleeps.forEach(({ wall, isSaid }, index) => {
        const { fromMs, toMs, reason } = unwatched[index] ?? ({} as Partial<Unwatched>)
        expect(reason).toBe('asleep')
        const slackMs = isSaid ? 0 : lookMs
        expect(Math.abs((fromMs ?? 0) - wall.fromMs)).toBeLessThanOrEqual(slackMs)
        expect(Math.abs((toMs ?? 0) - wall.toMs)).toBeLessThanOrEqual(slackMs)
      })
    }
  })

  it('follows an upgrade within two minutes', () => {
    const upgrade = days.turns.find(({ kind }) => kind === 'upgrade')
    const [first = Infinity] = watch.named('upgraded').asked.get('depth/executions') ?? []
    expect(first).toBeGreaterThan(upgrade?.atMs ?? Infinity)
    expect(first).toBeLessThan((upgrade?.atMs ?? 0) + 120_000)
  })

  it.each([
    ['minutes', 60_000, 24 * hourMs],
    ['quarters of an hour', 900_000, 72 * hourMs],
    ['days', 24 * hourMs, 96 * hourMs]
  ])('tells by %s what all samples summed up anew tell', (_what, stepMs, windowMs) => {
    for (const { serverId, samples } of watch.all) {
      for (const [series, all] of samples) {
        const expected = summedUp(all, stepMs)
        for (let fromMs = Date.UTC(2026, 9, 23); fromMs < clock.now(); fromMs += windowMs) {
          const toMs = fromMs + windowMs
          const range = watch.history.query({ serverId, series: [series], fromMs, toMs, points: windowMs / stepMs })
          const [told] = range.series
          const rows = Array.from(told?.atMs ?? [], (atMs, i) => [atMs, told?.min[i], told?.max[i], told?.last[i]])
          expect(rows).toEqual(expected.filter(([atMs = 0]) => atMs >= fromMs && atMs < toMs))
        }
      }
    }
  })
})

/** Time, lowest, highest and newest of each bucket, by the plainest way there is. */
function summedUp(samples: readonly Sample[], stepMs: number): readonly (readonly number[])[] {
  const buckets = new Map<number, number[]>()
  for (const { atMs, value } of samples.toSorted((a, b) => a.atMs - b.atMs)) {
    const bucketMs = Math.floor(atMs / stepMs) * stepMs
    const values = buckets.get(bucketMs) ?? []
    buckets.set(bucketMs, values)
    if (value !== null) values.push(value)
  }
  return [...buckets].map(([bucketMs, values]) => {
    if (values.length === 0) return [bucketMs, NaN, NaN, NaN]
    return [
      bucketMs,
      values.reduce((a, b) => Math.min(a, b)),
      values.reduce((a, b) => Math.max(a, b)),
      values.at(-1) ?? NaN
    ]
  })
}
