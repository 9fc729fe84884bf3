import type { Point } from './points.ts'
import type { DepthScale } from './scale.ts'

/** The part of a canvas the curve is drawn in, in CSS pixels. */
export interface Area {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

interface Frame {
  readonly fromMs: number
  readonly toMs: number
  readonly scale: DepthScale
}

export interface Spot {
  readonly left: number
  /** `null` in a gap: there is a time, but no depth. */
  readonly top: number | null
}

/** The instant at a horizontal position, held within the time axis. */
export function instantAt(frame: Frame, left: number, area: Area): number {
  const share = Math.min(Math.max((left - area.left) / (area.right - area.left), 0), 1)
  return frame.fromMs + share * (frame.toMs - frame.fromMs)
}

/** Where a sample is on the canvas; `null` for one that is outside of the time axis. */
export function spotOf(frame: Frame, { x, y }: Point, area: Area): Spot | null {
  const share = (x - frame.fromMs) / (frame.toMs - frame.fromMs)
  if (share < 0 || share > 1) return null
  return {
    left: area.left + share * (area.right - area.left),
    top: y === null ? null : area.bottom - (y / frame.scale.ceiling) * (area.bottom - area.top)
  }
}
