import type { Page } from '@playwright/test'
import { addedConnection, expect, goTo, test, type Desk } from './support/desk.ts'
import { chartPoints } from './support/queues.ts'
import type { RunningSimulator } from './support/simulator.ts'

type Points = readonly (readonly [number, number | null])[]

async function queuesOf(desk: Desk, simulator: RunningSimulator): Promise<Page> {
  const { page } = desk
  await addedConnection(page, { name: 'Shop', ...simulator })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await goTo(page, 'Queues')
  await expect(page.getByRole('region', { name: /in focus/ })).toBeVisible()
  return page
}

const pointsOf = async (page: Page, queue: string): Promise<Points> => (await chartPoints(page)).get(queue) ?? []
const cursorOf = (page: Page) => page.getByRole('slider', { name: /^Time in / })
const spanOf = async (page: Page): Promise<number> => {
  const cursor = cursorOf(page)
  const [from, to] = await Promise.all(['aria-valuemin', 'aria-valuemax'].map((name) => cursor.getAttribute(name)))
  return Number(to) - Number(from)
}
const hour = 3_600_000

test('typed columns cross the bridge as what they are', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  const kinds = await page.evaluate(async () => {
    const { standby } = window
    const serverId = await new Promise<string>((resolve) => {
      void standby.open('probe', 'fleet.watch', {}, (frame) => {
        const { servers } = (frame as { value: { servers: { serverId: string }[] } }).value
        if (servers[0] !== undefined) resolve(servers[0].serverId)
        void standby.close('probe')
      })
    })
    const nowMs = Date.now()
    const args = { serverId, series: ['depth/functions'], fromMs: nowMs - 3_600_000, toMs: nowMs + 1000, points: 500 }
    const reply = (await standby.request('probe-2', 'history.query', args)) as {
      value: { series: Record<string, unknown>[] }
    }
    const columns = reply.value.series[0] ?? {}
    return ['atMs', 'min', 'max', 'last'].map((name) => {
      const column = columns[name]
      return column instanceof Float64Array && column.length > 0 ? 'Float64Array' : typeof column
    })
  })
  expect(kinds).toEqual(Array.from({ length: 4 }, () => 'Float64Array'))
})

test('a flood shows as a rising chart, sweep by sweep, without a new question', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const page = await queuesOf(await launch(), simulator)
  await page.getByRole('radio', { name: '15 m' }).click()
  await simulator.control('POST', '/trouble', { kind: 'flood', queue: 'webhooks', perMinute: 6000 })
  const rises = async (): Promise<number> => {
    const depths = (await pointsOf(page, 'webhooks')).map(([, y]) => y ?? 0)
    return depths.filter((depth, index) => index > 0 && depth > (depths[index - 1] ?? 0) + 100).length
  }
  await expect.poll(rises, { timeout: 20_000 }).toBeGreaterThanOrEqual(3)
  const times = (await pointsOf(page, 'webhooks')).map(([atMs]) => atMs)
  expect(times.toSorted((a, b) => a - b)).toEqual(times)
  expect(new Set(times).size).toBe(times.length)
})

test('every range is shown at its length', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] })
  await goTo(page, 'Queues')
  for (const [name, spanMs] of [
    ['15 m', hour / 4],
    ['6 h', 6 * hour],
    ['24 h', 24 * hour],
    ['7 d', 168 * hour],
    ['30 d', 720 * hour],
    ['1 h', hour]
  ] as const) {
    await page.getByRole('radio', { name, exact: true }).click()
    await expect.poll(() => spanOf(page)).toBeGreaterThanOrEqual(spanMs)
    expect(await spanOf(page)).toBeLessThanOrEqual(spanMs * 1.2)
    expect((await pointsOf(page, 'functions')).length).toBeGreaterThan(10)
  }
})

test('zooms by brush, wheel and keys, and goes back by double click, Escape and button', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] })
  await goTo(page, 'Queues')
  const cursor = cursorOf(page)
  await expect(cursor).toBeVisible()
  const whole = await spanOf(page)
  const box = await cursor.boundingBox()
  if (box === null) throw new Error('the chart has no place')
  const at = (share: number): [number, number] => [box.x + box.width * share, box.y + box.height / 2]
  const isWhole = () => expect.poll(() => spanOf(page)).toBeGreaterThan(whole * 0.9)

  await page.mouse.move(...at(0.5))
  await page.mouse.down()
  await page.mouse.move(...at(0.6))
  await page.mouse.move(...at(0.75))
  await page.mouse.up()
  await expect.poll(() => spanOf(page)).toBeLessThan(whole * 0.35)
  await expect(page.getByRole('button', { name: 'Reset zoom' })).toBeVisible()
  await page.mouse.dblclick(...at(0.5))
  await isWhole()

  await page.keyboard.down('Control')
  await page.mouse.move(...at(0.8))
  for (let notch = 0; notch < 5; notch++) await page.mouse.wheel(0, -100)
  await page.keyboard.up('Control')
  await expect.poll(() => spanOf(page)).toBeLessThan(whole * 0.6)
  await page.getByRole('button', { name: 'Reset zoom' }).click()
  await isWhole()
  await expect(cursor).toBeFocused()

  await page.keyboard.press('+')
  await page.keyboard.press('+')
  await expect.poll(() => spanOf(page)).toBeLessThan(whole * 0.3)
  const before = Number(await cursor.getAttribute('aria-valuemin'))
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(async () => Number(await cursor.getAttribute('aria-valuemin'))).toBeLessThan(before)
  await page.keyboard.press('Escape')
  await isWhole()
  await expect(page.getByRole('button', { name: 'Reset zoom' })).toHaveCount(0)
})

test('one moment is pointed at in all charts, by pointer and by keys', async ({ launch, simulate }) => {
  // Few samples: the small charts show each of them, as the large one does.
  const page = await queuesOf(await launch(), await simulate())
  const cursor = cursorOf(page)
  await expect(cursor).toBeVisible()
  await expect.poll(async () => (await pointsOf(page, 'mails')).length, { timeout: 40_000 }).toBeGreaterThan(10)
  const reads = page.getByRole('listitem').locator('.read')
  await cursor.hover()
  await expect(reads).toHaveCount(12)
  await page.getByRole('heading', { level: 1 }).hover()
  await expect(reads).toHaveCount(0)

  await cursor.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  await expect(reads).toHaveCount(12)
  const told = async () => /: ([\d,]+) waiting/.exec((await cursor.getAttribute('aria-valuetext')) ?? '')?.[1]
  const focused = (await cursor.getAttribute('aria-label'))?.replace('Time in ', '') ?? ''
  const tile = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: focused, exact: true }) })
  await expect.poll(async () => (await tile.locator('.read').innerText()) === (await told())).toBe(true)
  await page.keyboard.press('Escape')
  await expect(reads).toHaveCount(0)
})

test('a chart is copied as CSV that holds what it shows, and as a picture', async ({ launch }) => {
  const { app, page } = await launch({ args: ['--demo'] })
  await goTo(page, 'Queues')
  await expect(cursorOf(page)).toBeVisible()
  await app.evaluate(({ clipboard }) => clipboard.clear())
  await page.getByRole('button', { name: 'Copy chart as CSV' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'CSV: Copied' })).toHaveCount(1)
  const text = await app.evaluate(({ clipboard }) => clipboard.readText())
  const [head, ...lines] = text.trim().split(/\r?\n/)
  expect(head).toBe('time,depth,lowest,highest')
  const focused = (await cursorOf(page).getAttribute('aria-label'))?.replace('Time in ', '') ?? ''
  // Its own chart: the small one of the same queue shows fewer points.
  const shown = (await chartPoints(page.getByRole('region', { name: /in focus/ }))).get(focused) ?? []
  const held = new Map(shown.map(([atMs, depth]) => [new Date(atMs).toISOString(), depth]))
  expect(lines.length).toBeGreaterThan(10)
  // The window moved on meanwhile, and dropped what came before.
  const firstMs = Math.min(...[...held.keys()].map((time) => Date.parse(time)))
  const lasting = lines.filter((line) => Date.parse(line.split(',')[0] ?? '') > firstMs)
  expect(lasting.length).toBeGreaterThan(10)
  for (const line of lasting) {
    const [time = '', depth] = line.split(',')
    expect([time, held.get(time)]).toEqual([time, depth === '' ? null : Number(depth)])
  }
  await page.getByRole('button', { name: 'Copy chart as PNG' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'PNG: Copied' })).toHaveCount(1)
  const formats = await app.evaluate(async ({ clipboard }) => {
    // The fallback runtime is older than the clipboard's present interface.
    const older = clipboard as unknown as { availableFormats?: () => string[] }
    return older.availableFormats?.() ?? (await clipboard.read()).flatMap(({ types }) => types)
  })
  expect(formats).toContain('image/png')
})

test('the table is paged and says what the charts say', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] })
  await goTo(page, 'Queues')
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  const table = page.getByRole('table', { name: 'Depths, newest first' })
  await expect(table.locator('tbody tr').first()).toBeVisible()
  await expect.poll(() => table.locator('tbody tr').count()).toBeLessThanOrEqual(50)
  const told = page.getByRole('status').filter({ hasText: /Rows 1–\d+ of/ })
  await expect(told).toBeVisible()
  await page.getByRole('button', { name: 'Older' }).click()
  await expect(page.getByRole('status').filter({ hasText: /Rows 51–\d+ of/ })).toBeVisible()
  await page.getByRole('button', { name: 'Newer' }).click()
  await expect(told).toBeVisible()
  await page.getByRole('radio', { name: '30 d' }).click()
  await expect(told).toBeVisible()
  expect(await table.locator('tbody tr').count()).toBeLessThanOrEqual(50)
})

test('while the server is away its charts have a gap, and go on after it', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const page = await queuesOf(await launch(), simulator)
  await expect.poll(async () => (await pointsOf(page, 'functions')).length).toBeGreaterThan(2)
  await simulator.kill()
  await expect(page.getByRole('status').filter({ hasText: 'Server down' })).toBeVisible()
  await expect.poll(async () => (await pointsOf(page, 'functions')).at(-1)?.[1]).toBeNull()
  await simulate(Number(new URL(simulator.endpoint).port))
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await expect.poll(async () => (await pointsOf(page, 'functions')).at(-1)?.[1]).not.toBeNull()
  const depths = (await pointsOf(page, 'functions')).map(([, depth]) => depth)
  const gap = depths.indexOf(null)
  expect(gap).toBeGreaterThan(0)
  expect(depths.slice(gap).some((depth) => depth !== null)).toBe(true)
})

test('compares with the same hours of another day, and says when nothing is kept of them', async ({
  launch,
  simulate
}) => {
  const page = await queuesOf(await launch(), await simulate())
  await page.getByRole('combobox', { name: 'Compare' }).click()
  await page.getByRole('option', { name: 'Compare: yesterday' }).click()
  await expect(page.getByRole('region', { name: /in focus/ })).toContainText('yesterday: nothing kept')
  await page.reload()
  await expect(page.getByRole('region', { name: /in focus/ })).toContainText('yesterday: nothing kept')
})
