// Electron's entry for the bench of the charts: the built app on its demo, with a history long enough. Prints one line
// of JSON with all times taken.
import { app, ipcMain } from 'electron'
import console from 'node:console'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { benchHistory } from './charts-history.mjs'

const project = resolve(import.meta.dirname, '../../..')
const { STANDBY_BENCH_FULL, STANDBY_BENCH_REAL } = process.env
const length = 55_550
const rounds = 20

// The answer of main's own store, unless it has one: the bridge's messages are taken where they arrive.
if (STANDBY_BENCH_REAL === undefined) {
  const query = benchHistory(length, Number(STANDBY_BENCH_FULL))
  const handle = ipcMain.handle.bind(ipcMain)
  ipcMain.handle = (channel, listener) =>
    handle(channel, (event, id, name, args) =>
      channel === 'standby:request' && name === 'history.query'
        ? { ok: true, value: query(args) }
        : listener(event, id, name, args)
    )
}

app.on('browser-window-created', (_event, window) => {
  window.webContents.once('did-finish-load', async () => {
    window.setContentSize(1280, 1000)
    const page = (code) => window.webContents.executeJavaScript(code)
    const until = async (code) => {
      while (!(await page(code))) await sleep(200)
    }
    await until(`document.querySelector('footer[data-sweep]') !== null`)
    await page(readFileSync(resolve(project, 'node_modules/chart.js/dist/chart.umd.js'), 'utf8') + ';0')
    await page(readFileSync(resolve(import.meta.dirname, 'charts-page.js'), 'utf8') + ';0')
    await page(`location.hash = '#/queues?queue=functions'`)
    await until(`window.bench.focus() !== null && window.bench.canvases() > 12`)
    const told = { range: [], live: [], raw: [] }
    for (let round = -3; round < rounds; round++) {
      await page(`bench.range('15 m', (vertices) => vertices > 0 && vertices < 400)`)
      await sleep(100)
      const tookMs = await page(`bench.range('7 d', (vertices) => vertices >= 500)`)
      await sleep(100)
      const rawMs = round < 0 || round >= 7 ? null : await page(`bench.raw(${length})`)
      if (round < 0) continue
      told.range.push(tookMs)
      if (rawMs !== null) told.raw.push(rawMs)
    }
    // The shortest range: a sweep moves every chart by pixels there, where on that of a week it moves none.
    await page(`bench.range('15 m', (vertices) => vertices > 0 && vertices < 400)`)
    await sleep(500)
    for (let round = 0; round < rounds; round++) told.live.push(await page('bench.update()'))
    console.log(JSON.stringify(told))
  })
})

process.on('unhandledRejection', (reason) => {
  console.error(reason)
  app.exit(1)
})

app.setAppPath(project)
await import(resolve(project, 'out/main/main.js'))
