import type { Uptime } from '../../../src-main/contract/history.ts'
import { momentTime } from '../../parts/times.ts'

/** What a strip can show: the present day in quarters of an hour, or a week in steps of two hours. */
export const stripSpans = {
  '24 h': { spanMs: 86_400_000, cells: 96 },
  '7 d': { spanMs: 604_800_000, cells: 84 }
} as const
export type StripSpan = keyof typeof stripSpans

export interface StripRange {
  readonly fromMs: number
  readonly toMs: number
  readonly cells: number
}

/** The range up to `nowMs`, on whole cells, so that a strip stands still while its last cell fills. */
export function stripRange(span: StripSpan, nowMs: number): StripRange {
  const { spanMs, cells } = stripSpans[span]
  const cellMs = spanMs / cells
  const toMs = (Math.floor(nowMs / cellMs) + 1) * cellMs
  return { fromMs: toMs - spanMs, toMs, cells }
}

export type CellState = 'pass' | 'warning' | 'critical' | 'unknown'

const states: readonly CellState[] = ['pass', 'warning', 'critical', 'unknown']

/** Neighbouring cells of one state. */
export interface Run {
  readonly state: CellState
  /** The first cell, from 0. */
  readonly start: number
  readonly length: number
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
}

/** A strip as runs, oldest first. */
export function runsOf(cells: Uptime['cells'], range: Pick<StripRange, 'fromMs' | 'toMs'>): readonly Run[] {
  const cellMs = (range.toMs - range.fromMs) / Math.max(1, cells.length)
  const runs: Run[] = []
  for (const [index, cell] of cells.entries()) {
    const state = states[cell] ?? 'unknown'
    const toMs = range.fromMs + (index + 1) * cellMs
    const last = runs.at(-1)
    if (last?.state === state) runs[runs.length - 1] = { ...last, length: last.length + 1, toMs }
    else runs.push({ state, start: index, length: 1, fromMs: toMs - cellMs, toMs })
  }
  return runs
}

const runWords: Readonly<Record<CellState, string>> = {
  pass: 'passes',
  warning: 'warning',
  critical: 'critical',
  unknown: 'nobody knows'
}

/** `02:15–02:30 critical`, with days where they are not today's; a run that is still on says so. */
export function runSentence(run: Run, nowMs: number, isUtc: boolean): string {
  const from = momentTime(run.fromMs, nowMs, isUtc)
  const to = run.toMs > nowMs ? 'now' : momentTime(run.toMs, nowMs, isUtc)
  return `${from}–${to} ${runWords[run.state]}`
}

const most = 4

/** A strip in words: how much passed, and the latest stretches in which it did not. */
export function stripLabel(
  uptime: Uptime,
  range: Pick<StripRange, 'fromMs' | 'toMs'>,
  span: StripSpan,
  nowMs: number,
  isUtc: boolean
): string {
  const bad = runsOf(uptime.cells, range)
    .filter(({ state }) => state === 'warning' || state === 'critical')
    .toReversed()
  const named = bad.slice(0, most).map((run) => runSentence(run, nowMs, isUtc))
  const more = bad.length > most ? [`${bad.length - most} more`] : []
  const start = `${uptime.check}, last ${span}: ${shareWords(uptime.share)}`
  return [start, ...named, ...more].join('; ')
}

/** `99.8 %`. Rounded down: a check that failed once did not pass all the time. */
export function shareWords(share: number | null): string {
  if (share === null) return 'not watched'
  const percent = Math.floor(share * 1000) / 10
  return share === 1 ? '100 %' : `${percent.toFixed(1)} %`
}
