// Electron's entry for one run of the bench: `--contender=blank`, or `app` with the app's own arguments. Prints
// `painted` once the window has painted what its contender is about: for the app a full sweep.
import { app } from 'electron'
import console from 'node:console'
import { resolve } from 'node:path'
import process from 'node:process'

const project = resolve(import.meta.dirname, '../../..')
const isBlank = process.argv.includes('--contender=blank')
// Saved through the app's own bridge, so that the key lies where the app expects it.
const draft = process.env.STANDBY_BENCH_ADD

const twoFrames = 'requestAnimationFrame(() => requestAnimationFrame(() => done()))'
const painted = isBlank
  ? `new Promise((done) => ${twoFrames})`
  : `new Promise((done) => {
      const look = () => {
        if (document.querySelector('footer[data-sweep]') === null) return false
        ${twoFrames}
        return true
      }
      if (look()) return
      const watch = new MutationObserver(() => look() && watch.disconnect())
      watch.observe(document, { subtree: true, childList: true, attributes: true })
    })`

app.on('browser-window-created', (_event, window) => {
  window.webContents.once('dom-ready', async () => {
    if (draft !== undefined) {
      await window.webContents.executeJavaScript(`standby.request('bench', 'connections.add', ${draft})`)
    }
    await window.webContents.executeJavaScript(painted)
    console.log('painted')
  })
})

if (isBlank) {
  await import('./blank.mjs')
} else {
  app.setAppPath(project)
  await import(resolve(project, 'out/main/main.js'))
}
