import type { Chart } from 'chart.js'
import type { Point } from './points.ts'

/** Fills between the lowest and the highest where a point stands for several samples, so that no spike is lost. */
export function drawBand(chart: Chart, points: readonly Point[], stroke: string): void {
  const { ctx } = chart
  const { x, y } = chart.scales
  if (x === undefined || y === undefined) return
  ctx.save()
  ctx.fillStyle = `${stroke}4d`
  for (let first = 0; first < points.length; first++) {
    if (points[first]?.high === undefined) continue
    let end = first
    while (points[end + 1]?.y != null) end++
    ctx.beginPath()
    for (let i = first; i <= end; i++) {
      const point = points[i]
      if (point !== undefined) ctx.lineTo(x.getPixelForValue(point.x), y.getPixelForValue(point.high ?? point.y ?? 0))
    }
    for (let i = end; i >= first; i--) {
      const point = points[i]
      if (point !== undefined) ctx.lineTo(x.getPixelForValue(point.x), y.getPixelForValue(point.low ?? point.y ?? 0))
    }
    ctx.fill()
    first = end
  }
  ctx.restore()
}
