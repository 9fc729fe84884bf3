import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClockLook } from '../../../src-main/core/sleep.ts'
import {
  blindBody,
  heardFirst,
  lookMs,
  stayMs,
  watchStep,
  type WatchAct,
  type WatchEvent,
  type WatchState
} from '../../../src-main/core/watchdog.ts'

const startMs = Date.UTC(2026, 10, 24, 3, 12)

/** A watchdog that looks every second, by both clocks. */
class Watched {
  #now: ClockLook = { atMs: startMs, monotonicMs: 0 }
  #state: WatchState = heardFirst(this.#now)
  readonly acts: WatchAct[] = []

  happen(event: WatchEvent): this {
    const { state, acts } = watchStep(this.#state, event, this.#now)
    this.#state = state
    this.acts.push(...acts)
    return this
  }

  /** Looks each second for so many. */
  pass(seconds: number): this {
    for (let second = 0; second < seconds; second++) this.move(lookMs).happen('look')
    return this
  }

  /** Time goes by without a look. */
  move(ms: number, monotonicMs = ms): this {
    this.#now = { atMs: this.#now.atMs + ms, monotonicMs: this.#now.monotonicMs + monotonicMs }
    return this
  }

  get kind(): WatchState['kind'] {
    return this.#state.kind
  }
}

const blind = (kind: 'hung' | 'dead', fromMs = startMs, toMs: number | null = null) => ({ fromMs, toMs, kind })
const record = (...of: Parameters<typeof blind>): WatchAct => ({ kind: 'record', blind: blind(...of) })
const tell = (...of: Parameters<typeof blind>): WatchAct => ({ kind: 'tell', blind: blind(...of) })
const takeBack: WatchAct = { kind: 'take-back' }
const leave: WatchAct = { kind: 'leave' }

describe('the watchdog', () => {
  it('says nothing while there is a sign of life every five seconds, or one is late', () => {
    const watched = new Watched()
    for (let beat = 0; beat < 100; beat++) watched.pass(beat % 10 === 0 ? 14 : 5).happen('beat')
    expect(watched.acts).toEqual([])
  })

  it('tells once of fifteen seconds of silence, since the last sign of life, and takes it back at the next', () => {
    const watched = new Watched().pass(14)
    expect(watched.acts).toEqual([])
    watched.pass(1)
    expect(watched.acts).toEqual([record('hung'), tell('hung')])
    watched.pass(600).happen('beat')
    expect(watched.acts.slice(2)).toEqual([takeBack, record('hung', startMs, startMs + 615_000)])
    watched.pass(14)
    expect(watched.acts).toHaveLength(4)
    watched.pass(1)
    expect(watched.acts.slice(4)).toEqual([record('hung', startMs + 615_000), tell('hung', startMs + 615_000)])
  })

  it('tells of a death no sooner than of a silence, so that a restart needs no word', () => {
    const watched = new Watched().pass(3).happen('end').pass(11)
    expect(watched.acts).toEqual([])
    expect(new Watched().pass(3).happen('end').pass(11).happen('relieved').acts).toEqual([leave])
    watched.pass(1)
    expect(watched.acts).toEqual([record('dead'), tell('dead')])
    watched.pass(60).happen('relieved')
    expect(watched.acts.slice(2)).toEqual([takeBack, leave])
  })

  it('changes what it told when one that hung is ended', () => {
    const watched = new Watched().pass(20).happen('end').pass(5)
    expect(watched.acts.slice(2)).toEqual([record('dead'), tell('dead')])
  })

  it('leaves at a farewell, with its word taken back, and does nothing from then on', () => {
    expect(new Watched().pass(4).happen('bye').happen('end').pass(60).acts).toEqual([leave])
    const late = new Watched().pass(20).happen('bye').pass(60)
    expect(late.acts.slice(2)).toEqual([takeBack, record('hung', startMs, startMs + 20_000), leave])
  })

  it('stays beside a hung one for ever, and twelve hours after a dead one', () => {
    const hung = new Watched()
      .pass(20)
      .move(20 * 3_600_000)
      .pass(1)
    expect(hung.kind).toBe('blind')
    const dead = new Watched()
      .happen('end')
      .pass(20)
      .move(stayMs - 22_000)
      .pass(1)
    expect(dead.kind).toBe('blind')
    expect(dead.pass(1).acts.at(-1)).toEqual(leave)
  })

  it.each([
    ['stands still', 0],
    ['goes on', 8 * 3_600_000]
  ])('gives a fresh fifteen seconds after a sleep in which monotonic time %s', (_how, monotonicMs) => {
    const sleepMs = 8 * 3_600_000
    const watched = new Watched().pass(10).move(sleepMs, monotonicMs).pass(15)
    expect(watched.acts).toEqual([])
    const wokeMs = startMs + 11_000 + sleepMs
    expect(watched.pass(1).acts).toEqual([record('hung', wokeMs), tell('hung', wokeMs)])
  })

  it('counts little of the time in which it was itself held up', () => {
    expect(new Watched().pass(4).move(13_000).happen('look').acts).toEqual([])
  })

  it('bears a wall clock that is set back', () => {
    const watched = new Watched().pass(20).move(-3_600_000, 0).happen('beat')
    expect(watched.acts.at(-1)).toEqual(record('hung', startMs, startMs))
  })

  it('whatever happens, tells only of a silence, records before it tells, ends each told time, and leaves once', () => {
    const event = fc.constantFrom<WatchEvent>('look', 'beat', 'beat', 'end', 'bye', 'relieved')
    const step = fc.tuple(fc.constantFrom(1, 1, 1, 2, 5, 14, 16), event)
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const watched = new Watched()
        for (const [seconds, happened] of steps) watched.pass(seconds).happen(happened)
        let isTold = false
        watched.acts.forEach((act, index) => {
          const before = watched.acts[index - 1]
          if (act.kind === 'tell') {
            expect(before).toEqual({ kind: 'record', blind: act.blind })
            expect(act.blind.kind === 'dead' || !isTold).toBe(true)
            isTold = true
          }
          if (act.kind === 'take-back') {
            expect(isTold).toBe(true)
            isTold = false
          }
          if (act.kind === 'leave') expect(index).toBe(watched.acts.length - 1)
        })
        expect(isTold).toBe(watched.kind === 'blind')
      })
    )
  })
})

it('says in words since when nothing is watched, and what to do', () => {
  const at = (): string => '03:12'
  expect([blindBody(blind('hung'), at), blindBody(blind('dead'), at)]).toEqual([
    'Standby stopped answering at 03:12. Nothing is watched until it is back.',
    'Standby ended at 03:12. Nothing is watched. Start it again.'
  ])
})
