import type { Chart } from 'chart.js'
import type { Unwatched } from '../../../src-main/contract/history.ts'
import type { Mark } from '../../../src-main/contract/marks.ts'
import type { DepthScale } from './scale.ts'
import { gapsOf, lonelyPoints, type Point } from './points.ts'
import { markColour, type Palette } from './palette.ts'
import { merged } from './spans.ts'

export interface Marks {
  readonly points: readonly Point[]
  readonly toMs: number
  readonly threshold: number
  readonly scale: DepthScale
  readonly stroke: string
  readonly palette: Palette
  readonly unwatched?: readonly Unwatched[]
  readonly marks?: readonly Mark[]
  /** How the instants in names are written; `null` names neither the threshold nor a stretch without a watch. */
  readonly named: ((atMs: number) => string) | null
}

/** Hatches the gaps: a hole in the data must not look like an empty queue. Drawn below the curve. */
export function drawGaps(chart: Chart, marks: Marks, nowMs: number): void {
  const { ctx, chartArea } = chart
  const x = chart.scales.x
  if (x === undefined) return
  const unwatched = marks.unwatched ?? []
  for (const gap of merged([...gapsOf(marks.points, Math.min(marks.toMs, nowMs)), ...unwatched])) {
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
    const start = left - chartArea.height - (left % 6)
    for (let foot = start - 6; foot < right + 6; foot += 6) {
      ctx.moveTo(foot, chartArea.bottom)
      ctx.lineTo(foot + chartArea.height, chartArea.top)
    }
    ctx.stroke()
    ctx.restore()
  }
  if (marks.named !== null) nameUnwatched(chart, unwatched, marks.palette, marks.named)
}

function nameUnwatched(
  chart: Chart,
  unwatched: readonly Unwatched[],
  palette: Palette,
  format: (atMs: number) => string
): void {
  const { ctx, chartArea } = chart
  const x = chart.scales.x
  if (x === undefined) return
  ctx.save()
  ctx.font = `11px ${palette.font}`
  ctx.textBaseline = 'middle'
  for (const { fromMs, toMs } of unwatched) {
    const left = Math.max(x.getPixelForValue(fromMs), chartArea.left)
    const right = Math.min(x.getPixelForValue(toMs), chartArea.right)
    const words = [`not watched ${format(fromMs)}–${format(toMs)}`, 'not watched']
    const fitting = words.find((text) => ctx.measureText(text).width + 16 <= right - left)
    if (fitting === undefined) continue
    const width = ctx.measureText(fitting).width
    const middle = (left + right) / 2
    ctx.fillStyle = palette.surface
    ctx.fillRect(middle - width / 2 - 6, chartArea.top + 6, width + 12, 18)
    ctx.fillStyle = palette.muted
    ctx.fillText(fitting, middle - width / 2, chartArea.top + 15.5)
  }
  ctx.restore()
}

/** Draws the threshold, the marks and what the curve cannot: samples that stand alone between two gaps. */
export function drawOver(chart: Chart, marks: Marks): void {
  const { ctx, chartArea } = chart
  const { x, y } = chart.scales
  if (x === undefined || y === undefined) return
  ctx.save()
  ctx.lineWidth = 1
  if (marks.scale.hasThreshold) {
    // On the middle of a pixel a hairline stays a hairline.
    const height = Math.round(y.getPixelForValue(marks.threshold)) + 0.5
    ctx.strokeStyle = marks.palette.critical
    ctx.setLineDash([4, 3])
    ctx.beginPath()
    ctx.moveTo(chartArea.left, height)
    ctx.lineTo(chartArea.right, height)
    ctx.stroke()
    if (marks.named !== null) {
      ctx.fillStyle = marks.palette.critical
      ctx.font = `11px ${marks.palette.font}`
      ctx.fillText('threshold', chartArea.left + 4, height - 5)
    }
  }
  ctx.setLineDash([2, 3])
  for (const { atMs, kind } of marks.marks ?? []) {
    if (atMs < x.min || atMs > x.max) continue
    const left = Math.round(x.getPixelForValue(atMs)) + 0.5
    ctx.strokeStyle = markColour(marks.palette, kind)
    ctx.beginPath()
    ctx.moveTo(left, chartArea.top)
    ctx.lineTo(left, chartArea.bottom)
    ctx.stroke()
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
