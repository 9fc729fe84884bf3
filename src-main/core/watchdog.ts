import { assertNever } from './assert-never.ts'
import type { ClockLook } from './sleep.ts'

/** Time in which nothing was watched because Standby itself hung or had ended. */
export interface Blind {
  /** Its last sign of life. */
  readonly fromMs: number
  /** `null` while it lasts. */
  readonly toMs: number | null
  readonly kind: 'hung' | 'dead'
}

/** How often the one that is watched gives a sign of life. */
export const beatMs = 5_000
/** Silence longer than this is blindness. */
export const blindAfterMs = 15_000
/** How often the watchdog looks at its clocks. */
export const lookMs = 1_000
/** How long the watchdog of one that ended stays, so that its notice can still start Standby again. */
export const stayMs = 12 * 3_600_000

/**
 * `end`: the line to Standby broke, so its process is gone. `relieved`: nobody needs to be told of that any more, because
 * Standby was started again, or its folder is gone.
 */
export type WatchEvent = 'look' | 'beat' | 'bye' | 'end' | 'relieved'

export type WatchState =
  | {
      readonly kind: 'watching'
      /** Wall time of the last sign of life; that of waking up where the machine slept since. */
      readonly heardMs: number
      /** How long there was none, as far as the watchdog itself was awake. */
      readonly silentMs: number
      readonly lookedAt: ClockLook
      readonly hasEnded: boolean
    }
  | { readonly kind: 'blind'; readonly blind: Blind }
  | { readonly kind: 'over' }

export type WatchAct =
  /** Takes the place of what was told before. */
  | { readonly kind: 'tell'; readonly blind: Blind }
  | { readonly kind: 'take-back' }
  /** Takes the place of what was recorded with the same beginning. */
  | { readonly kind: 'record'; readonly blind: Blind }
  | { readonly kind: 'leave' }

export interface WatchStep {
  readonly state: WatchState
  readonly acts: readonly WatchAct[]
}

/** The state of a watchdog that has just heard from Standby for the first time. */
export function heardFirst(now: ClockLook): WatchState {
  return { kind: 'watching', heardMs: now.atMs, silentMs: 0, lookedAt: now, hasEnded: false }
}

/** What a watchdog does when something happens, and what it is from then on. */
export function watchStep(state: WatchState, event: WatchEvent, now: ClockLook): WatchStep {
  switch (state.kind) {
    case 'watching':
      return whileWatching(state, event, now)
    case 'blind':
      return whileBlind(state.blind, event, now)
    case 'over':
      return { state, acts: [] }
    default:
      return assertNever(state)
  }
}

function whileWatching(state: WatchState & { kind: 'watching' }, event: WatchEvent, now: ClockLook): WatchStep {
  switch (event) {
    case 'beat':
      return { state: heardFirst(now), acts: [] }
    case 'end':
      return { state: { ...state, hasEnded: true }, acts: [] }
    case 'bye':
    case 'relieved':
      return over()
    case 'look': {
      const looked = lookedAgain(state, now)
      if (looked.silentMs < blindAfterMs) return { state: looked, acts: [] }
      const blind: Blind = { fromMs: looked.heardMs, toMs: null, kind: looked.hasEnded ? 'dead' : 'hung' }
      return {
        state: { kind: 'blind', blind },
        acts: [
          { kind: 'record', blind },
          { kind: 'tell', blind }
        ]
      }
    }
    default:
      return assertNever(event)
  }
}

/**
 * A look that comes late says nothing about Standby, which was held up by the same: by a busy machine, so that little of
 * it counts, or by its sleep, after which the silence begins anew.
 */
function lookedAgain(state: WatchState & { kind: 'watching' }, now: ClockLook): WatchState & { kind: 'watching' } {
  const wallMs = now.atMs - state.lookedAt.atMs
  const monotonicMs = now.monotonicMs - state.lookedAt.monotonicMs
  if (Math.max(wallMs, monotonicMs) >= blindAfterMs) return { ...state, heardMs: now.atMs, silentMs: 0, lookedAt: now }
  return { ...state, silentMs: state.silentMs + Math.min(monotonicMs, 2 * lookMs), lookedAt: now }
}

function whileBlind(blind: Blind, event: WatchEvent, now: ClockLook): WatchStep {
  // The wall clock may have been set back meanwhile.
  const ended: Blind = { ...blind, toMs: Math.max(blind.fromMs, now.atMs) }
  switch (event) {
    case 'beat':
      return { state: heardFirst(now), acts: [{ kind: 'take-back' }, { kind: 'record', blind: ended }] }
    case 'bye':
      return over({ kind: 'take-back' }, { kind: 'record', blind: ended })
    case 'end': {
      const dead: Blind = { ...blind, kind: 'dead' }
      return {
        state: { kind: 'blind', blind: dead },
        acts: [
          { kind: 'record', blind: dead },
          { kind: 'tell', blind: dead }
        ]
      }
    }
    case 'relieved':
      // Its end is known to the one that was started, which reads the record.
      return over({ kind: 'take-back' })
    case 'look':
      if (blind.kind === 'dead' && now.atMs - blind.fromMs >= stayMs) return over()
      return { state: { kind: 'blind', blind }, acts: [] }
    default:
      return assertNever(event)
  }
}

function over(...acts: readonly WatchAct[]): WatchStep {
  return { state: { kind: 'over' }, acts: [...acts, { kind: 'leave' }] }
}

/** Why nobody watched, for those who are told of it later. */
export const blindWhy: Readonly<Record<Blind['kind'], string>> = {
  hung: 'Standby stopped answering',
  dead: 'Standby had ended by itself'
}

/** How a notice of blindness is headed. */
export const blindTitle = 'Standby does not watch'

/** What it says; `time` writes a moment as a person reads it. */
export function blindBody({ kind, fromMs }: Blind, time: (ms: number) => string): string {
  return kind === 'hung'
    ? `Standby stopped answering at ${time(fromMs)}. Nothing is watched until it is back.`
    : `Standby ended at ${time(fromMs)}. Nothing is watched. Start it again.`
}
