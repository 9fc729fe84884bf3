import { expect, type Locator, type Page } from '@playwright/test'
import { queueNames } from '../../support/queue-names.ts'
import { control } from './simulator.ts'

export interface Told {
  readonly queues: readonly string[]
  readonly rows: readonly { readonly atMs: number; readonly depths: readonly number[] }[]
}

/** What a simulator with a frozen clock says its depths are, in the order of `queueNames`. */
export async function simulatedDepths(controlUrl: string): Promise<readonly number[]> {
  const { nowMs } = (await control(controlUrl, 'GET', '/clock')) as { nowMs: number }
  const told = (await control(controlUrl, 'GET', `/depths?fromMs=${nowMs}&toMs=${nowMs}&stepMs=1000`)) as Told
  return queueNames.map((name) => told.rows[0]?.depths[told.queues.indexOf(name)] ?? -1)
}

/** The newest row of the table view, as numbers; `null` for a gap. */
export async function newestTableRow(page: Page): Promise<readonly (number | null)[]> {
  const cells = page.getByRole('table', { name: 'Depths, newest first' }).locator('tbody tr').first().locator('td')
  return (await cells.allInnerTexts()).map((text) =>
    /^[\d,]+$/.test(text.trim()) ? Number(text.replaceAll(',', '')) : null
  )
}

/** The points Chart.js holds for each small multiple, by queue. */
export async function chartPoints(
  part: Page | Locator
): Promise<ReadonlyMap<string, readonly (readonly [number, number | null])[]>> {
  const held = await part.getByRole('img').evaluateAll((canvases) =>
    canvases
      .filter((one) => one instanceof HTMLCanvasElement)
      .map((canvas) => {
        canvas.dispatchEvent(new CustomEvent('standby-chart-data'))
        return [canvas.getAttribute('aria-label') ?? '', canvas.dataset.points ?? '[]'] as const
      })
  )
  const points = held.map(([label, text]) => {
    const listed = JSON.parse(text) as readonly { x: number; y: number | null }[]
    return [label.split(/[:,]/)[0] ?? '', listed.map(({ x, y }) => [x, y] as const)] as const
  })
  return new Map(points)
}

/** Fails for a canvas on which nothing is drawn. */
export async function expectNoBlankCanvas(page: Page, atLeast: number): Promise<void> {
  const drawn = await page.locator('canvas').evaluateAll((canvases) =>
    canvases.map((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement
      const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? []
      const colours = new Set<number>()
      for (let i = 0; i + 3 < pixels.length; i += 4) {
        if (pixels[i + 3] !== 0)
          colours.add(((pixels[i] ?? 0) << 16) | ((pixels[i + 1] ?? 0) << 8) | (pixels[i + 2] ?? 0))
      }
      return colours.size
    })
  )
  expect(drawn.length).toBeGreaterThanOrEqual(atLeast)
  expect(drawn.filter((colours) => colours < 2)).toEqual([])
}
