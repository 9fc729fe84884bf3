import type { Chart } from 'chart.js'
import type { DepthScale } from './scale.ts'
import { gapsOf, lonelyPoints, type Point } from './points.ts'
import type { Palette } from './palette.ts'

export interface Marks {
  readonly points: readonly Point[]
  readonly toMs: number
  readonly threshold: number
  readonly scale: DepthScale
  readonly stroke: string
  readonly palette: Palette
  /** Whether the threshold line says what it is. */
  readonly isNamed: boolean
}

/** Hatches the gaps: a hole in the data must not look like an empty queue. Drawn below the curve. */
export function drawGaps(chart: Chart, marks: Marks): void {
  const { ctx, chartArea } = chart
  const x = chart.scales.x
  if (x === undefined) return
  for (const gap of gapsOf(marks.points, marks.toMs)) {
    const left = Math.max(x.getPixelForValue(gap.fromMs), chartArea.left)
    const right = Math.min(x.getPixelForValue(gap.toMs), chartArea.right)
    if (right <= left) continue
    ctx.save()
    ctx.beginPath()
    ctx.rect(left, chartArea.top, right - left, chartArea.height)
    ctx.clip()
    ctx.strokeStyle = `${marks.palette.unknown}66`
    ctx.lineWidth = 1
    ctx.beginPath()
    // Lines on a grid of the whole canvas, so that the hatch stands still while the gap grows.
    for (let foot = -chartArea.height; foot < chart.width + chartArea.height; foot += 6) {
      ctx.moveTo(foot, chartArea.bottom)
      ctx.lineTo(foot + chartArea.height, chartArea.top)
    }
    ctx.stroke()
    ctx.restore()
  }
}

/** Draws the threshold and what the curve cannot: samples that stand alone between two gaps. */
export function drawOver(chart: Chart, marks: Marks): void {
  const { ctx, chartArea } = chart
  const { x, y } = chart.scales
  if (x === undefined || y === undefined) return
  ctx.save()
  if (marks.scale.hasThreshold) {
    // On the middle of a pixel a hairline stays a hairline.
    const height = Math.round(y.getPixelForValue(marks.threshold)) + 0.5
    ctx.strokeStyle = marks.palette.critical
    ctx.lineWidth = 1
    ctx.setLineDash([4, 3])
    ctx.beginPath()
    ctx.moveTo(chartArea.left, height)
    ctx.lineTo(chartArea.right, height)
    ctx.stroke()
    if (marks.isNamed) {
      ctx.fillStyle = marks.palette.critical
      ctx.font = `11px ${marks.palette.font}`
      ctx.fillText('threshold', chartArea.left, height - 5)
    }
  }
  ctx.fillStyle = marks.stroke
  for (const point of lonelyPoints(marks.points)) {
    if (point.x < x.min || point.x > x.max) continue
    ctx.beginPath()
    ctx.arc(x.getPixelForValue(point.x), y.getPixelForValue(point.y), 2, 0, 2 * Math.PI)
    ctx.fill()
  }
  ctx.restore()
}
