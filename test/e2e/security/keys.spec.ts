import type { Page } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FleetDelta, FleetSnapshot, ServerRef } from '../../../src-main/contract/fleet.ts'
import { addedConnection, expect, goTo, test } from '../support/desk.ts'
import { leaksOf } from './leaks.ts'

/** Opens every feed beside the page's own and keeps all that main sends, until the next load. */
async function record(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(async () => {
    const { standby } = window
    const frames: unknown[] = []
    const idOf = ({ serverId }: ServerRef): string => serverId
    const putOf = (delta: FleetDelta): string[] => (delta.kind === 'put' ? [delta.server.serverId] : [])
    Object.assign(window, { frames })
    const open = (id: string, name: string, args: unknown): Promise<unknown> =>
      standby.open(id, name, args, (frame) => {
        frames.push(frame)
        void standby.ack(id, frame.seq)
        if (name !== 'fleet.watch' || frame.kind === 'end') return
        const fleet = frame.kind === 'snapshot' ? (frame.value as FleetSnapshot).servers.map(idOf) : []
        const put = frame.kind === 'deltas' ? (frame.values as FleetDelta[]).flatMap(putOf) : []
        for (const serverId of [...fleet, ...put]) {
          void open(`record-${serverId}`, 'queues.watch', { serverId })
        }
      })
    frames.push(await open('record-fleet', 'fleet.watch', {}), await open('record-settings', 'settings.watch', {}))
  })
  return () => page.evaluate(() => JSON.stringify((window as unknown as { frames: unknown[] }).frames))
}

/** All strings that the page's JavaScript holds, garbage removed, as one text. */
async function pageMemory(page: Page): Promise<string> {
  const inspector = await page.context().newCDPSession(page)
  const chunks: string[] = []
  inspector.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await inspector.send('HeapProfiler.collectGarbage')
  await inspector.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await inspector.detach()
  return chunks.join('')
}

test('an API key stays in the vault', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const [first, second] = simulator.projects
  const desk = await launch()
  const { app, page, userData } = desk
  const printed: string[] = []
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
  }
  // One key the server takes, one it refuses, one for a server that is not there.
  const refusedKey = `standby-marker-${randomBytes(24).toString('hex')}`
  const uselessKey = `standby-marker-${randomBytes(24).toString('hex')}`
  const keys = [first.apiKey, refusedKey, uselessKey]
  const base = { endpoint: simulator.endpoint, name: 'takes', projectId: first.projectId, apiKey: first.apiKey }
  const seen: string[] = []
  let recorded = await record(page)

  await addedConnection(page, base)
  await addedConnection(page, { ...base, name: 'refuses', projectId: second.projectId, apiKey: refusedKey })
  await addedConnection(page, { ...base, name: 'nobody', endpoint: 'http://127.0.0.1:1/v1', apiKey: uselessKey })
  const words = ['"access":"accepted"', '"access":"refused"', '"state":"down"', '"rows":']
  const missing = async (): Promise<string[]> => {
    const text = await recorded()
    return words.filter((word) => !text.includes(word))
  }
  await expect.poll(missing).toEqual([])

  await test.step('replies that could tell a key', async () => {
    const replies = await page.evaluate(
      async (drafts) => {
        const answers: unknown[] = [await window.standby.request('describe', 'app.describe', {})]
        for (const [index, draft] of drafts.entries()) {
          answers.push(await window.standby.request(`twin-${index}`, 'connections.add', draft))
        }
        return answers
      },
      [
        { ...base, environment: 'staging' },
        { ...base, environment: 'nowhere' },
        { ...base, environment: 'staging', endpoint: `https://${refusedKey.slice(0, 8)} ${refusedKey}` }
      ]
    )
    expect(replies.map((reply) => (reply as { ok: boolean }).ok)).toEqual([true, false, false, false])
    // What the page itself just typed into the endpoint may be in the sentence about it; a key may not.
    seen.push(JSON.stringify(replies.slice(0, 3)))
  })

  const visitAll = async (): Promise<void> => {
    const places = await page.getByRole('navigation').getByRole('link').allTextContents()
    expect(places.length).toBeGreaterThanOrEqual(12)
    for (const place of places) {
      // Behind the name of a place stands how many alerts fire.
      await goTo(page, place.replace(/\d+\+?\s*$/, '').trim())
      const typed = await page
        .locator('input, textarea')
        .evaluateAll((inputs: HTMLInputElement[]) => inputs.map(({ value }) => value))
      seen.push(await page.content(), ...typed)
    }
    await page.getByRole('button', { name: 'Add a connection' }).first().click()
    seen.push(await page.content(), await page.getByRole('dialog').getByLabel('API key', { exact: true }).inputValue())
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    const stored = await page.evaluate(() => [
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
      JSON.stringify(history.state)
    ])
    seen.push(JSON.stringify(stored), page.url(), await recorded())
  }
  await test.step('every page', visitAll)
  await test.step('every page after a reload', async () => {
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await page.reload()
    recorded = await record(page)
    await expect.poll(missing).toEqual([])
    await visitAll()
    for (const kind of [/\.html$/, /\.js$/, /\.css$/, /\.woff2$/])
      expect(requests.some((url) => kind.test(url))).toBe(true)
    expect(requests.filter((url) => !url.startsWith('app://bundle/'))).toEqual([])
    seen.push(...requests)
  })

  await test.step('nothing is in the memory of the page', async () => {
    const planted = `standby-planted-${randomBytes(24).toString('hex')}`
    await page.evaluate((text) => Object.assign(window, { planted: text }), planted)
    const memory = new Map([['the heap', Buffer.from(await pageMemory(page))]])
    expect(leaksOf([planted], memory).length).toBeGreaterThan(0)
    expect(leaksOf(keys, memory)).toEqual([])
  })

  await test.step('nothing was said, shown or sent', () => {
    const all = [...seen, ...desk.said, ...printed]
    expect(all.join('\n')).toContain('refuses')
    expect(leaksOf(keys, new Map(all.map((text, index) => [`text ${index}`, Buffer.from(text)])))).toEqual([])
  })

  await test.step('nothing lies in the user data, open or closed', async () => {
    const files = async (): Promise<Map<string, Buffer>> => {
      const found = await readdir(userData, { recursive: true, withFileTypes: true })
      const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
      // Chromium removes some of its files while they are read.
      const read = paths.map(async (path) => [path, await readFile(path).catch(() => Buffer.alloc(0))] as const)
      return new Map(await Promise.all(read))
    }
    const names = [...(await files()).keys()].map((path) => path.slice(userData.length + 1))
    expect(names).toEqual(expect.arrayContaining(['standby.json']))
    expect(leaksOf(keys, await files())).toEqual([])
    await app.close()
    const settings = (await files()).get(join(userData, 'standby.json'))?.toString()
    expect(settings).toContain('refuses')
    expect(leaksOf(keys, await files())).toEqual([])

    const planted = join(userData, 'planted')
    await writeFile(planted, `x${Buffer.from(refusedKey).toString('base64')}`)
    expect(leaksOf(keys, await files())).toEqual([`base64 of key 1 in ${planted}`])
    await rm(planted)
  })
})
