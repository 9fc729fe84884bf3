import { Chart, Filler, LinearScale, LineController, LineElement, PointElement } from 'chart.js'
import { count } from '../numbers.ts'
import { drawBand } from './band.ts'
import { drawCone } from './cone.ts'
import { strokeOf, type Palette } from './palette.ts'
import type { Point } from './points.ts'
import type { Area } from './cursor.ts'
import { depthTicks, timeTicks } from './scale.ts'
import { looksSame, type Sight } from './sight.ts'
import { drawGaps, drawOver, type Marks } from './underlay.ts'
import type { QueueView } from './view.ts'

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
  #view: QueueView | null = null
  #marks: Marks | null = null
  #axis: TimeAxis | null = null
  #drawn: Sight | null = null
  #palette: Palette | null = null

  constructor(canvas: HTMLCanvasElement, kind: 'spark' | 'focus') {
    Chart.register(LineController, LineElement, PointElement, LinearScale, Filler)
    const hasAxes = kind === 'focus'
    this.#chart = new Chart<'line', Point[]>(canvas, {
      type: 'line',
      data: {
        datasets: [
          { data: [], borderWidth: 1.5, pointRadius: 0, pointHitRadius: 0, fill: 'origin' },
          { data: [], borderWidth: 1.25, borderDash: [5, 4], pointRadius: 0, pointHitRadius: 0, fill: false }
        ]
      },
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
            if (this.#view === null || this.#marks === null) return
            drawGaps(chart, this.#marks, this.#view.nowMs ?? this.#view.toMs)
            if (this.#view.cone != null) drawCone(chart, this.#view.cone, this.#marks.palette)
            drawBand(chart, this.#view.points, this.#marks.stroke)
          },
          afterDatasetsDraw: (chart) => {
            if (this.#marks !== null) drawOver(chart, this.#marks)
          }
        }
      ]
    })
  }

  /** Draws the view, unless it looks as what is there. */
  show(view: QueueView, palette: Palette, axis: TimeAxis | null): void {
    const newest = view.points.at(-1)
    // Copied: the newest point of a curve takes up the sweeps that fall into its stretch of time.
    const sight: Sight = { view, newest: newest && { ...newest }, palette, offsetMs: axis?.offsetMs ?? 0 }
    if (this.#drawn !== null && looksSame(this.#drawn, sight, this.#chart)) return
    this.#drawn = sight
    const stroke = strokeOf(palette, view.level, view.isStale)
    this.#view = view
    this.#marks = { ...view, stroke, palette, named: axis?.format ?? null }
    this.#axis = axis
    const [dataset, compared] = this.#chart.data.datasets
    if (dataset === undefined || compared === undefined) return
    // Chart.js writes to neither: it listens for what is pushed to them.
    dataset.data = view.points as Point[]
    compared.data = (view.compared ?? []) as Point[]
    dataset.borderColor = stroke
    dataset.backgroundColor = `${stroke}1f`
    if (this.#palette !== palette) this.#wear(palette)
    const { x, y } = this.#chart.options.scales ?? {}
    if (x !== undefined) {
      x.min = view.fromMs
      x.max = view.toMs
    }
    if (y !== undefined) y.max = view.scale.ceiling
    this.#chart.update('none')
  }

  /** What the theme decides. Set when it changes alone: Chart.js measures every label again after each of these. */
  #wear(palette: Palette): void {
    this.#palette = palette
    const compared = this.#chart.data.datasets[1]
    if (compared !== undefined) compared.borderColor = palette.muted
    const { x, y } = this.#chart.options.scales ?? {}
    for (const axis of [x, y]) {
      if (axis?.ticks !== undefined)
        Object.assign(axis.ticks, { color: palette.muted, font: { family: palette.font, size: 11 } })
    }
    if (y?.grid !== undefined) y.grid.color = palette.line
  }

  /** What Chart.js was handed, as it holds it now. */
  get points(): readonly Point[] {
    return this.#chart.data.datasets[0]?.data ?? []
  }

  /** Where the curve is on the canvas, in CSS pixels; it changes with the size of the canvas alone. */
  get area(): Area {
    return this.#chart.chartArea
  }

  /** In CSS pixels, like `area`. */
  get height(): number {
    return this.#chart.height
  }

  get canvas(): HTMLCanvasElement {
    return this.#chart.canvas
  }

  destroy(): void {
    this.#chart.destroy()
  }
}
