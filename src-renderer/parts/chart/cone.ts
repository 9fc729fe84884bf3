import type { Chart } from 'chart.js'
import type { Forecast } from '../../../src-main/contract/forecast.ts'
import type { Palette } from './palette.ts'

/** Where a forecast starts from and what it comes to. */
export interface Cone {
  readonly forecast: Forecast
  readonly fromMs: number
  readonly fromDepth: number
  /** The threshold, or 0. */
  readonly toDepth: number
}

/**
 * Draws where a queue goes: a wedge between the soonest and the latest course, dashed along the likeliest. Without a
 * latest the wedge stays open down to no change at all.
 */
export function drawCone(chart: Chart, cone: Cone, palette: Palette): void {
  const { ctx, chartArea } = chart
  const { x, y } = chart.scales
  if (x === undefined || y === undefined || x.max <= cone.fromMs) return
  const { forecast, fromMs, fromDepth, toDepth } = cone
  const colour = forecast.kind === 'to-threshold' ? palette.warning : palette.ok
  // A course that is due at once still needs a slope.
  const depthAtEnd = (dueMs: number | null): number =>
    dueMs === null ? fromDepth : fromDepth + ((toDepth - fromDepth) * (x.max - fromMs)) / Math.max(dueMs - fromMs, 1000)
  const start = [x.getPixelForValue(fromMs), y.getPixelForValue(fromDepth)] as const
  const endOf = (dueMs: number | null): number => y.getPixelForValue(depthAtEnd(dueMs))
  ctx.save()
  ctx.beginPath()
  ctx.rect(start[0], chartArea.top, chartArea.right - start[0], chartArea.height)
  ctx.clip()
  ctx.fillStyle = `${colour}2e`
  ctx.beginPath()
  ctx.moveTo(...start)
  ctx.lineTo(chartArea.right, endOf(forecast.earliestMs))
  ctx.lineTo(chartArea.right, endOf(forecast.latestMs))
  ctx.fill()
  ctx.strokeStyle = colour
  ctx.lineWidth = 1.25
  ctx.setLineDash([3, 3])
  ctx.beginPath()
  ctx.moveTo(...start)
  ctx.lineTo(chartArea.right, endOf(forecast.likelyMs))
  ctx.stroke()
  ctx.restore()
}
