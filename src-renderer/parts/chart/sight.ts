import type { Palette } from './palette.ts'
import type { Point } from './points.ts'
import type { QueueView } from './view.ts'

/** What was drawn: a view, the newest of its points as it was then, for curves grow in place, and the colours. */
export interface Sight {
  readonly view: QueueView
  readonly newest: Point | undefined
  readonly palette: Palette
  readonly offsetMs: number
}

/** The size of the canvas, in CSS pixels. */
interface Size {
  readonly width: number
  readonly height: number
}

/** Less than this nobody sees. */
const leastPixels = 0.5

/**
 * Whether a canvas that shows one sight need not be drawn for another: nothing moved by half a pixel and nothing changed
 * its colour. A sweep is nothing on the axis of a week.
 */
export function looksSame(drawn: Sight, next: Sight, { width, height }: Size): boolean {
  const [before, after] = [drawn.view, next.view]
  const isSame =
    drawn.palette === next.palette &&
    drawn.offsetMs === next.offsetMs &&
    before.points === after.points &&
    before.compared === after.compared &&
    before.unwatched === after.unwatched &&
    before.marks === after.marks &&
    before.threshold === after.threshold &&
    before.scale.ceiling === after.scale.ceiling &&
    before.level === after.level &&
    before.isStale === after.isStale
  if (!isSame) return false
  const spanMs = after.toMs - after.fromMs
  const near = (a: number | null | undefined, b: number | null | undefined, perPixel: number): boolean =>
    a == null || b == null ? a == b : Math.abs(a - b) < perPixel * leastPixels
  const isNearX = (a?: number | null, b?: number | null): boolean => near(a, b, spanMs / width)
  const isNearY = (a?: number | null, b?: number | null): boolean => near(a, b, after.scale.ceiling / height)
  const [tip, newTip] = [drawn.newest, next.newest]
  const [cone, newCone] = [before.cone, after.cone]
  return (
    isNearX(before.fromMs, after.fromMs) &&
    isNearX(before.toMs, after.toMs) &&
    isNearX(before.nowMs, after.nowMs) &&
    isNearX(tip?.x, newTip?.x) &&
    isNearY(tip?.y, newTip?.y) &&
    isNearY(tip?.low, newTip?.low) &&
    isNearY(tip?.high, newTip?.high) &&
    isNearX(cone?.forecast.earliestMs, newCone?.forecast.earliestMs) &&
    isNearX(cone?.forecast.likelyMs, newCone?.forecast.likelyMs) &&
    isNearX(cone?.forecast.latestMs, newCone?.forecast.latestMs)
  )
}
