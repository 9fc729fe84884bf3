import { Chart, Filler, LinearScale, LineController, LineElement, PointElement } from 'chart.js'
import type { Level } from '../../../src-main/contract/health.ts'
import { count } from '../numbers.ts'
import { strokeOf, type Palette } from './palette.ts'
import type { Point } from './points.ts'
import type { Area } from './cursor.ts'
import { depthTicks, timeTicks, type DepthScale } from './scale.ts'
import { drawGaps, drawOver, type Marks } from './underlay.ts'

/** Everything a queue's chart shows. */
export interface QueueView {
  readonly points: readonly Point[]
  readonly fromMs: number
  readonly toMs: number
  readonly threshold: number
  readonly scale: DepthScale
  readonly level: Level
  readonly isStale: boolean
}

/** How the focus chart writes its time axis; a sparkline has none. */
export interface TimeAxis {
  /** How far the shown clock is ahead of UTC. */
  readonly offsetMs: number
  readonly format: (atMs: number) => string
}

/** Room for half a time label, in CSS pixels: nearer to the edge it would be cut. */
const labelHalfWidth = 20

type LineChart = Chart<'line', Point[]>

/** One queue on a canvas. Drawn at once, changed in place, never animated. */
export class QueueChart {
  readonly #chart: LineChart
  #marks: Marks | null = null
  #axis: TimeAxis | null = null

  constructor(canvas: HTMLCanvasElement, kind: 'spark' | 'focus') {
    Chart.register(LineController, LineElement, PointElement, LinearScale, Filler)
    const hasAxes = kind === 'focus'
    this.#chart = new Chart<'line', Point[]>(canvas, {
      type: 'line',
      data: { datasets: [{ data: [], borderWidth: 1.5, pointRadius: 0, pointHitRadius: 0, fill: 'origin' }] },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        spanGaps: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: hasAxes ? { top: 4, right: 2 } : { top: 1, bottom: 1 } },
        elements: { line: { borderJoinStyle: 'round' } },
        scales: {
          x: {
            type: 'linear',
            display: hasAxes,
            border: { display: false },
            grid: { display: false },
            ticks: {
              autoSkip: false,
              maxRotation: 0,
              padding: 4,
              callback: (value) => this.#axis?.format(Number(value)) ?? ''
            },
            // The labels get no room at the sides: the curve's edge must stay where it is as they pass by.
            afterFit: (axis) => {
              axis.paddingLeft = 0
              axis.paddingRight = 0
            },
            afterBuildTicks: (axis) => {
              const most = Math.max(2, Math.floor(axis.chart.width / 110))
              const lastMs = axis.max - ((axis.max - axis.min) * labelHalfWidth) / axis.chart.width
              const ticks = timeTicks(axis.min, lastMs, most, this.#axis?.offsetMs ?? 0)
              axis.ticks = ticks.map((value) => ({ value }))
            }
          },
          y: {
            type: 'linear',
            display: hasAxes,
            min: 0,
            border: { display: false },
            grid: { tickLength: 0 },
            ticks: { autoSkip: false, padding: 8, callback: (value) => count(Number(value)) },
            afterBuildTicks: (axis) => void (axis.ticks = depthTicks(axis.max).map((value) => ({ value }))),
            // A fixed gutter: the chart must not jump when a label grows by a digit.
            afterFit: (axis) => void (axis.width = hasAxes ? 52 : 0)
          }
        }
      },
      plugins: [
        {
          id: 'queue-marks',
          beforeDatasetsDraw: (chart) => {
            if (this.#marks !== null) drawGaps(chart, this.#marks)
          },
          afterDatasetsDraw: (chart) => {
            if (this.#marks !== null) drawOver(chart, this.#marks)
          }
        }
      ]
    })
  }

  show(view: QueueView, palette: Palette, axis: TimeAxis | null): void {
    const stroke = strokeOf(palette, view.level, view.isStale)
    this.#marks = { ...view, stroke, palette, isNamed: axis !== null }
    this.#axis = axis
    const dataset = this.#chart.data.datasets[0]
    if (dataset === undefined) return
    dataset.data = [...view.points]
    dataset.borderColor = stroke
    dataset.backgroundColor = `${stroke}1f`
    const { x, y } = this.#chart.options.scales ?? {}
    if (x !== undefined) {
      x.min = view.fromMs
      x.max = view.toMs
      if (x.ticks !== undefined)
        Object.assign(x.ticks, { color: palette.muted, font: { family: palette.font, size: 11 } })
    }
    if (y !== undefined) {
      y.max = view.scale.ceiling
      if (y.ticks !== undefined)
        Object.assign(y.ticks, { color: palette.muted, font: { family: palette.font, size: 11 } })
      if (y.grid !== undefined) y.grid.color = palette.line
    }
    this.#chart.update('none')
  }

  /** What Chart.js was handed, as it holds it now. */
  get points(): readonly Point[] {
    return this.#chart.data.datasets[0]?.data ?? []
  }

  /** Where the curve is on the canvas, in CSS pixels; it changes with the size of the canvas alone. */
  get area(): Area {
    return this.#chart.chartArea
  }

  destroy(): void {
    this.#chart.destroy()
  }
}
