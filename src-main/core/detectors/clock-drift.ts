import type { Suspicion } from '../../contract/suspicions.ts'
import { driftLimits } from '../limits.ts'
import type { Reading } from '../reading.ts'
import { figure, watched, type Known } from './evidence.ts'

const { warningMs, criticalMs } = driftLimits
/** Appwrite tells whole seconds, so a good clock shows one now and then. */
const fewestReadings = 3
const sustainedMs = 300_000
/** The clock is asked rarely: every five minutes at the usual pace. */
const holeMs = 1_200_000

/** The server's clock is off, always to the same side, for some time. A single odd answer neither makes nor ends it. */
export function clockDrift(drift: readonly Reading[], nowMs: number): Suspicion | null {
  const known = watched(drift, nowMs, holeMs)
  const sign = Math.sign(known.at(-1)?.value ?? 0) || Math.sign(known.at(-2)?.value ?? 0)
  const isOff = (one: Known | undefined): boolean => one !== undefined && one.value * sign > warningMs
  let from = known.length
  while (from > 0 && (isOff(known[from - 1]) || isOff(known[from - 2]))) from--
  while (from < known.length && !isOff(known[from])) from++
  const off = known.slice(from)
  const first = off[0]
  const last = off.at(-1)
  if (first === undefined || last === undefined) return null
  if (off.filter(isOff).length < fewestReadings || last.atMs - first.atMs < sustainedMs) return null
  const sizes = off.slice(-5).map(({ value }) => value * sign)
  const size = sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? 0
  if (size <= warningMs) return null
  return {
    kind: 'clock-drift',
    subject: '',
    level: size > criticalMs ? 'critical' : 'warning',
    sinceMs: first.atMs,
    saw: `The server’s clock is ${figure(size / 1000)} s ${sign > 0 ? 'behind' : 'ahead'}, in ${off.filter(isOff).length} of ${off.length} readings.`,
    check:
      'Look at the time service of the host (timedatectl, chronyc tracking): tokens and schedules go by this clock.'
  }
}
