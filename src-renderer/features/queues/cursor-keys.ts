import { nearest, type Point } from '../../parts/chart/points.ts'

/** How many points each key goes on; `Home` and `End` go as far as there are any. */
const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -10,
  PageDown: 10,
  Home: -Infinity,
  End: Infinity
}

/**
 * The moment a key takes the cursor to, from the newest point while it points nowhere; `null` for a key that does not
 * move it. `points` are those in sight.
 */
export function steppedTo(points: readonly Point[], pointedMs: number | null, key: string): number | null {
  const step = steps[key]
  if (step === undefined || points.length === 0) return null
  const from = pointedMs === null ? null : nearest(points, pointedMs)
  const last = points.length - 1
  if (from === null) return points[step === -Infinity ? 0 : last]?.x ?? null
  return points[Math.min(Math.max(points.indexOf(from) + step, 0), last)]?.x ?? null
}
