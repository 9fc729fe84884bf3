import type { Forecast } from '../../src-main/contract/forecast.ts'
import { count } from './numbers.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

interface Unit {
  readonly ms: number
  readonly name: string
}

/** Coarse enough to read, fine enough to act on: `90 min` rather than `1.5 h`, `36 h` rather than `1.5 d`. */
function unitOf(spanMs: number): Unit {
  if (spanMs <= 90 * minuteMs) return { ms: minuteMs, name: 'min' }
  return spanMs <= 36 * hourMs ? { ms: hourMs, name: 'h' } : { ms: dayMs, name: 'd' }
}

/** `in 14–22 min`, rounded outwards so that the words never promise more than the figures. */
function between(earliestMs: number, latestMs: number): string {
  const last = unitOf(latestMs)
  const late = Math.ceil(latestMs / last.ms)
  if (earliestMs < minuteMs) return `within ${late} ${last.name}`
  const first = unitOf(earliestMs)
  const early = Math.floor(earliestMs / first.ms)
  if (first.name !== last.name) return `in ${early} ${first.name} – ${late} ${last.name}`
  return early === late ? `in ${late} ${last.name}` : `in ${early}–${late} ${last.name}`
}

/** What is likely and the soonest, where the end is open. */
function atBest(earliestMs: number, likelyMs: number): string {
  if (likelyMs < minuteMs) return 'any moment'
  const [likely, first] = [unitOf(likelyMs), unitOf(earliestMs)]
  const about = `in about ${Math.round(likelyMs / likely.ms)} ${likely.name}`
  return earliestMs < minuteMs
    ? `${about}, perhaps any moment`
    : `${about}, ${Math.floor(earliestMs / first.ms)} ${first.name} at the earliest`
}

/**
 * A forecast as the end of a sentence about its queue: `reaches 5,000 in 14–22 min`, `empty in 3–5 min`; `null` where there
 * is no forecast.
 */
export function forecastWords(forecast: Forecast | null, threshold: number, nowMs: number): string | null {
  if (forecast === null) return null
  const what = forecast.kind === 'to-threshold' ? `reaches ${count(threshold)}` : 'empty'
  const earliestMs = forecast.earliestMs - nowMs
  if (forecast.latestMs === null) return `${what} ${atBest(earliestMs, forecast.likelyMs - nowMs)}`
  const latestMs = forecast.latestMs - nowMs
  return latestMs <= 0 ? `${what} any moment` : `${what} ${between(earliestMs, latestMs)}`
}
