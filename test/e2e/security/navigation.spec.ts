import { expect, test } from '../support/desk.ts'
import { contentsCount, logOf } from './other-window.ts'

test('the window stays where it is', async ({ launch }) => {
  const desk = await launch()
  const { page } = desk
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const refusals = async (): Promise<number> =>
    (await logOf(desk)).filter((line) => line.startsWith('refused a nav')).length
  await page.evaluate(() => Object.assign(window, { sameLoad: true }))

  for (const address of [
    'https://example.com/',
    'http://127.0.0.1:9/',
    'app://bundle/nowhere',
    'mailto:a@example.com'
  ]) {
    await test.step(`location.href = ${address}`, async () => {
      const before = await refusals()
      await page.evaluate((to) => void (location.href = to), address)
      await expect.poll(refusals).toBeGreaterThan(before)
    })
  }

  await test.step('location.href to a file', async () => {
    await page.evaluate(() => void (location.href = 'file:///etc/hosts'))
    // Chromium itself refuses these, before the navigation starts.
    await expect.poll(() => desk.errors.splice(0)).toEqual(['Not allowed to load local resource: file:///etc/hosts'])
  })

  await test.step('a clicked link', async () => {
    const before = await refusals()
    await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = 'https://example.com/link'
      document.body.append(link)
      link.click()
      link.remove()
    })
    await expect.poll(refusals).toBeGreaterThan(before)
  })

  await test.step('a file dropped on the window', async () => {
    const drops = page.evaluate(
      () =>
        new Promise((resolve) => window.addEventListener('drop', (event) => resolve(event.dataTransfer?.files.length)))
    )
    await page.evaluate(() => window.addEventListener('dragover', (event) => event.preventDefault()))
    const protocol = await page.context().newCDPSession(page)
    const data = { items: [], files: ['/etc/hosts'], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await protocol.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
    }
    expect(await drops).toBe(1)
  })

  await page.waitForTimeout(300)
  expect(await page.evaluate(() => [location.origin, location.pathname, 'sameLoad' in window])).toEqual([
    'app://bundle',
    '/index.html',
    true
  ])
  expect(desk.errors.splice(0).filter((error) => !error.includes('mailto'))).toEqual([])
})

test('nothing opens a second window', async ({ launch }) => {
  const desk = await launch()
  const { app, page } = desk
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const before = await contentsCount(app)
  const refusals = async (): Promise<number> =>
    (await logOf(desk)).filter((line) => line === 'refused a new window').length

  const opened = await page.evaluate(() =>
    ['https://example.com', 'app://bundle/index.html', 'about:blank', ''].map((address) => window.open(address))
  )
  expect(opened).toEqual([null, null, null, null])
  expect(await refusals()).toBe(4)

  await page.getByRole('navigation').getByRole('link', { name: 'Queues' }).click({ button: 'middle' })
  await expect.poll(refusals).toBe(5)
  await page
    .getByRole('navigation')
    .getByRole('link', { name: 'Queues' })
    .click({ modifiers: ['Shift'] })
  await expect.poll(refusals).toBe(6)
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'https://example.com'
    link.target = '_blank'
    link.click()
  })
  await expect.poll(refusals).toBe(7)
  expect(await contentsCount(app)).toBe(before)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})
