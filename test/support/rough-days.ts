import type { Fault } from '../../src-main/contract/fault.ts'
import type { Fate } from './scripted-server.ts'

/** What goes wrong for a while, in monotonic time since the start. */
export interface Rough {
  readonly kind: 'down' | 'offline' | 'limited' | 'hanging' | 'slow'
  readonly fromMs: number
  readonly toMs: number
  /** Of this server alone; `null` for all. */
  readonly server: string | null
  /** Of these questions alone; `null` for all. */
  readonly questions: readonly string[] | null
  /** Whether the machine itself says that it has no network. */
  readonly isSaid: boolean
}

/** What happens to the machine or to a server at a moment. */
export type Turn =
  | { readonly kind: 'sleep'; readonly ms: number; readonly isSaid: boolean; readonly isCounted: boolean }
  | { readonly kind: 'jump'; readonly ms: number }
  | { readonly kind: 'upgrade'; readonly server: string; readonly version: string }
  | { readonly kind: 'failing'; readonly server: string; readonly check: string; readonly isFailing: boolean }

export interface RoughDays {
  /** In order of their beginnings. */
  readonly rough: readonly Rough[]
  readonly turns: readonly (Turn & { readonly atMs: number })[]
  /** Of monotonic time. */
  readonly lengthMs: number
}

export const hourMs = 3_600_000
/** Three days hold everything once. */
const roundMs = 72 * hourMs
export const retryAfterMs = 90_000

/** Days in which everything happens that must not harm a watch, at times the seed decides. */
export function roughDays(rounds: number, random: () => number): RoughDays {
  const rough: Rough[] = []
  const turns: (Turn & { readonly atMs: number })[] = []
  for (let round = 0; round < rounds; round++) {
    const at = (hours: number): number => Math.round(round * roundMs + (hours + random() * 0.2) * hourMs)
    const spell = (kind: Rough['kind'], fromMs: number, forMs: number, change: Partial<Rough> = {}): void =>
      void rough.push({ kind, fromMs, toMs: fromMs + forMs, server: null, questions: null, isSaid: false, ...change })
    spell('down', at(2), 5 * hourMs, { server: 'old' })
    spell('hanging', at(8), hourMs / 2, { server: 'old' })
    for (let ms = at(10); ms < (round * 72 + 11) * hourMs; ms += 5_000 + random() * 120_000) {
      const forMs = 2_000 + random() * 60_000
      spell('offline', ms, forMs, { isSaid: random() < 0.5 })
      ms += forMs
    }
    spell('limited', at(12), hourMs / 2, { server: 'upgraded' })
    spell('hanging', at(14), hourMs, { server: 'old', questions: ['check/storage', 'check/time'] })
    spell('slow', at(16), hourMs / 2, { server: 'old' })
    const failing = { kind: 'failing', server: 'upgraded', check: 'db' } as const
    turns.push({ ...failing, isFailing: true, atMs: at(17) }, { ...failing, isFailing: false, atMs: at(18) })
    const night = { kind: 'sleep', ms: 9 * hourMs, isSaid: false, isCounted: true } as const
    turns.push({ ...night, isSaid: true, atMs: at(20) })
    if (round === 0) turns.push({ kind: 'jump', ms: -6 * hourMs, atMs: at(36) })
    turns.push({ ...night, ms: 40_000, atMs: at(42) }, { ...night, isCounted: false, atMs: at(44) })
    turns.push({ ...night, atMs: at(50) })
    if (round === 0) turns.push({ kind: 'upgrade', server: 'upgraded', version: '1.9.6', atMs: at(60) })
    spell('offline', at(62), 2 * hourMs, { isSaid: true })
    spell('limited', at(66), hourMs / 4, { server: 'old', questions: ['check/anti-virus'] })
  }
  return { rough: rough.sort((a, b) => a.fromMs - b.fromMs), turns, lengthMs: rounds * roundMs }
}

const faults: Readonly<Record<Exclude<Rough['kind'], 'slow'>, Fault>> = {
  down: { code: 'unreachable', step: 'tcp', message: 'Refused.', detail: 'ECONNREFUSED connect' },
  offline: { code: 'offline', message: 'No network.', detail: 'ENETUNREACH connect' },
  limited: { code: 'limited', message: 'Wait.', retryAfterMs },
  hanging: { code: 'timeout', message: 'No answer in time.' }
}

/** Deadlines of the questions, as the real client has them. */
const deadlineMs = (question: string): number =>
  question === 'check/time' ? 20_000 : question.startsWith('check/certificate') ? 35_000 : 5_000

/** Reads what is rough at a moment, for moments in order. */
export class Weather {
  readonly #coming: Rough[]
  readonly #random: () => number
  #now: Rough[] = []

  constructor({ rough }: RoughDays, random: () => number) {
    this.#coming = [...rough].reverse()
    this.#random = random
  }

  hasInterface(nowMs: number): boolean {
    return !this.#at(nowMs).some(({ kind, isSaid }) => kind === 'offline' && isSaid)
  }

  fateOf(nowMs: number, server: string, question: string): Fate {
    const met = this.#at(nowMs).find(
      (one) => (one.server ?? server) === server && (one.questions === null || one.questions.includes(question))
    )
    const quickMs = 5 + 20 * Math.floor(this.#random() * 3)
    if (met === undefined) return { afterMs: quickMs, fault: null }
    if (met.kind === 'slow') return { afterMs: 4_000 + quickMs, fault: null }
    return { afterMs: met.kind === 'hanging' ? deadlineMs(question) : quickMs, fault: faults[met.kind] }
  }

  #at(nowMs: number): readonly Rough[] {
    for (let next = this.#coming.at(-1); next !== undefined && next.fromMs <= nowMs; next = this.#coming.at(-1)) {
      this.#now.push(next)
      this.#coming.pop()
    }
    if (this.#now.some(({ toMs }) => toMs <= nowMs)) this.#now = this.#now.filter(({ toMs }) => toMs > nowMs)
    return this.#now
  }
}

/** Numbers in [0, 1) that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
