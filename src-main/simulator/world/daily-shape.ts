const minuteMs = 60_000
const hourMs = 60 * minuteMs
const turn = (2 * Math.PI) / (24 * hourMs)

// A day and a half-day wave: nights are quiet but never dead, and there is a dip between morning and afternoon.
const mean = 0.74
const waves = [
  { size: 0.2, perDay: 1, laterMs: 0 },
  { size: 0.06, perDay: 2, laterMs: -3 * hourMs }
]

/** How busy a time of day is, about 0.5 at night and 1 at `peakHour` (UTC). */
export function activity(atMs: number, peakHour: number): number {
  let sum = mean
  for (const wave of waves) {
    sum += wave.size * Math.cos(turn * wave.perDay * (atMs - peakHour * hourMs - wave.laterMs))
  }
  return sum
}

/** `activity` summed over a time, in minutes of full activity: what arrives while a worker stands still. */
export function activeMinutes(fromMs: number, toMs: number, peakHour: number): number {
  let sum = mean * (toMs - fromMs)
  for (const wave of waves) {
    const pace = turn * wave.perDay
    const shift = peakHour * hourMs + wave.laterMs
    sum += (wave.size / pace) * (Math.sin(pace * (toMs - shift)) - Math.sin(pace * (fromMs - shift)))
  }
  return sum / minuteMs
}
