import { beforeEach, describe, expect, it } from 'vitest'
import { initialSettings } from '../../../src-main/contract/settings.ts'
import type { ServerState } from '../../../src-main/contract/fleet.ts'
import type { KeptWatch } from '../../../src-main/services/alerts/kept.ts'
import { Topic } from '../../../src-main/services/live-view.ts'
import type { ServerFacts } from '../../../src-main/services/monitor/server-facts.ts'
import type { PollerNews } from '../../../src-main/services/poller.ts'
import type { Notice, Notifier } from '../../../src-main/services/ports.ts'
import { Watch } from '../../../src-main/services/watch.ts'
import { FakeClock } from '../../support/fake-clock.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** The watch over servers, a desktop and a file of the test's; `start` is another run of the app over the same file. */
class World {
  readonly clock = new FakeClock()
  readonly shown: Notice[] = []
  readonly closed: string[] = []
  readonly asked: string[] = []
  readonly unwatched: { readonly fromMs: number; readonly toMs: number }[] = []
  readonly news = new Topic<PollerNews>()
  kept: KeptWatch = { pause: null, offline: null }
  state: ServerState = 'live'
  sinceMs = this.clock.now()
  lateMs = 0
  isDesktopUp = true
  endpoint = 'https://shop.example.com/v1'
  readonly #file = { isBehind: false, watch: () => this.kept, writeWatch: (kept: KeptWatch) => void (this.kept = kept) }
  watch = this.#made()

  set isBehind(isBehind: boolean) {
    this.#file.isBehind = isBehind
  }

  set(state: ServerState): void {
    this.state = state
    this.sinceMs = this.clock.now()
  }

  start(): void {
    this.watch = this.#made()
    this.watch.start()
  }

  #facts(): readonly ServerFacts[] {
    const known = {
      server: { endpoint: this.endpoint },
      verdict: { state: this.state },
      sinceMs: this.sinceMs,
      lastSweepAtMs: this.clock.now(),
      nextTryAtMs: this.clock.now() - this.lateMs,
      trouble: null
    }
    // What the watch reads of a server, and no more.
    return [known as unknown as ServerFacts]
  }

  #made(): Watch {
    const notifier: Notifier = {
      face: () => ({ kind: 'buttons', server: 'a desktop' }),
      onFace: () => () => undefined,
      show: (notice) => {
        if (!this.isDesktopUp) return Promise.reject(new Error('nobody takes it'))
        this.shown.push(notice)
        return Promise.resolve()
      },
      close: (noticeId) => void this.closed.push(noticeId),
      onAct: () => () => undefined
    }
    return new Watch({
      poller: {
        all: () => this.#facts(),
        onNews: (listener) => this.news.subscribe(listener),
        pause: () => void this.asked.push('pause'),
        resume: () => void this.asked.push('resume')
      },
      store: this.#file,
      noticeWaitingSinceMs: () => null,
      notifier,
      tray: { isShown: () => true, onShown: () => () => undefined },
      settings: () => ({ ...initialSettings, isUtc: true }),
      clock: this.clock,
      log: () => undefined,
      onUnwatched: (span) => this.unwatched.push(span)
    })
  }
}

let world: World
beforeEach(() => {
  world = new World()
  world.start()
})

const titles = (): readonly string[] => world.shown.map(({ title }) => title)

describe('a pause', () => {
  it('ends by itself, with a notice, and asks nobody meanwhile', async () => {
    world.watch.pause({ untilMs: world.clock.now() + hourMs })
    expect(world.watch.view()).toMatchObject({ state: 'paused', pause: { untilMs: world.clock.now() + hourMs } })
    await world.clock.advance(hourMs - minuteMs)
    expect(world.asked).toEqual(['pause'])
    await world.clock.advance(2 * minuteMs)
    expect(world.asked).toEqual(['pause', 'resume'])
    expect(world.watch.view()).toMatchObject({ state: 'watching', pause: null })
    expect(titles()).toEqual(['Standby watches again'])
  })

  it('has no end that is past or later than eight hours', () => {
    const nowMs = world.clock.now()
    expect(() => world.watch.pause({ untilMs: nowMs })).toThrow('This end is past already.')
    expect(() => world.watch.pause({ untilMs: nowMs + 8 * hourMs + 1 })).toThrow('8 hours at most')
    expect(world.asked).toEqual([])
  })

  it('that is ended by hand says nothing', async () => {
    world.watch.pause({ untilMs: world.clock.now() + hourMs })
    world.watch.resume()
    await world.clock.advance(2 * hourMs)
    expect(world.asked).toEqual(['pause', 'resume'])
    expect(titles()).toEqual([])
  })

  it('goes on after a restart, and is forgotten when its end has passed meanwhile', async () => {
    world.watch.pause({ untilMs: world.clock.now() + hourMs })
    world.watch.stop()
    world.start()
    expect(world.asked).toEqual(['pause', 'pause'])
    world.watch.stop()
    await world.clock.advance(2 * hourMs)
    world.start()
    expect(world.watch.view().state).toBe('watching')
    expect(world.asked).toEqual(['pause', 'pause'])
  })

  it('does not outlast a wall clock that was set back before its beginning', async () => {
    world.watch.pause({ untilMs: world.clock.now() + hourMs })
    world.clock.jump(-24 * hourMs)
    await world.clock.advance(minuteMs)
    expect(world.watch.view().state).toBe('watching')
  })
})

describe('a machine without a network', () => {
  it('is told of once, after five minutes, and taken back once it is over', async () => {
    const fromMs = world.clock.now()
    world.set('offline')
    await world.clock.advance(4 * minuteMs)
    expect(titles()).toEqual([])
    expect(world.watch.view()).toMatchObject({ state: 'blind', stalls: [{ kind: 'network', sinceMs: fromMs }] })
    await world.clock.advance(3 * hourMs)
    expect(titles()).toEqual(['Not watching since 02:14'])
    world.set('live')
    await world.clock.advance(minuteMs)
    expect(world.closed).toEqual(['watch/offline'])
    expect(world.unwatched).toHaveLength(1)
    expect(world.unwatched[0]?.fromMs).toBe(fromMs)
    expect(world.watch.view()).toMatchObject({ state: 'watching', stalls: [] })
  })

  it('is told of anew when it is lost again later', async () => {
    for (const state of ['offline', 'live', 'offline'] as const) {
      world.set(state)
      await world.clock.advance(10 * minuteMs)
    }
    expect(titles()).toHaveLength(2)
  })

  it('is not told of again after a restart', async () => {
    world.set('offline')
    await world.clock.advance(10 * minuteMs)
    world.watch.stop()
    world.start()
    await world.clock.advance(10 * minuteMs)
    expect(titles()).toHaveLength(1)
    expect(world.unwatched).toEqual([])
    expect(world.closed).toEqual([])
    world.set('live')
    await world.clock.advance(minuteMs)
    expect(world.closed).toEqual(['watch/offline'])
    expect(world.unwatched).toHaveLength(1)
  })

  it('that slept is given its five minutes awake', async () => {
    world.set('offline')
    world.clock.sleep(9 * hourMs)
    await world.clock.advance(minuteMs)
    world.set('live')
    await world.clock.advance(minuteMs)
    expect(titles()).toEqual([])
  })

  it('keeps what the desktop did not take, and says that it did not', async () => {
    world.isDesktopUp = false
    const lostMs = world.clock.now()
    world.set('offline')
    await world.clock.advance(10 * minuteMs)
    expect(world.watch.view().stalls).toMatchObject([
      { kind: 'network' },
      // Since it was due, and not since that was given up.
      { kind: 'notifier', sinceMs: lostMs + 5 * minuteMs }
    ])
    world.isDesktopUp = true
    await world.clock.advance(2 * minuteMs)
    expect(titles()).toHaveLength(1)
    expect(world.watch.view().stalls.map(({ kind }) => kind)).toEqual(['network'])
  })
})

describe('what stalls', () => {
  it('names requests that are late and a disk that takes no more, and when that began', async () => {
    world.lateMs = 45_000
    world.isBehind = true
    await world.clock.advance(10_000)
    const sinceMs = world.clock.now()
    await world.clock.advance(minuteMs)
    const { state, stalls } = world.watch.view()
    expect({ state, kinds: stalls.map(({ kind }) => kind) }).toEqual({ state: 'blind', kinds: ['scheduler', 'disk'] })
    expect(Math.max(...stalls.map((stall) => stall.sinceMs))).toBeLessThanOrEqual(sinceMs)
    world.lateMs = 0
    world.isBehind = false
    await world.clock.advance(10_000)
    expect(world.watch.view()).toMatchObject({ state: 'watching', stalls: [] })
  })
})
