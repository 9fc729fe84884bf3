// What Electron's own default app does with a path argument, for the runtime made from another distribution, which
// has none: `electron [switches] [-r module] <folder or file> [the app's own arguments]`.
import { app } from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const { target, preloads, asksVersion } = readArguments(process.argv.slice(1))

if (asksVersion) {
  console.log(`v${process.versions.electron}`)
  app.exit(0)
} else if (target === undefined) {
  console.error('Usage: electron <path to an app>')
  app.exit(1)
} else {
  if (preloads.length > 0) Module._preloadModules(preloads)
  // Awaited at the top: Electron holds "ready" back until an ESM entry has loaded.
  await load(target)
}

/** @param {readonly string[]} args */
function readArguments(args) {
  /** @type {string[]} */
  const preloads = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    if (arg === '--version' || arg === '-v') return { preloads, asksVersion: true }
    if (arg.startsWith('--app=')) return { target: arg.slice('--app='.length), preloads, asksVersion: false }
    if (arg === '--require' || arg === '-r') preloads.push(args[++index] ?? '')
    else if (!arg.startsWith('-')) return { target: arg, preloads, asksVersion: false }
  }
  return { preloads, asksVersion: false }
}

/** @param {string} target */
async function load(target) {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
  try {
    const folder = path.resolve(target)
    const description = path.join(folder, 'package.json')
    const isPackage = existsSync(description)
    if (isPackage) describe(JSON.parse(readFileSync(description, 'utf8')))
    const main = Module._resolveFilename(folder, null, true)
    app.setAppPath(isPackage ? folder : path.dirname(main))
    await import(pathToFileURL(main).href)
  } catch (error) {
    console.error('The app could not be loaded:', error)
    app.exit(1)
  }
}

/** @param {{ name?: string, productName?: string, version?: string, desktopName?: string }} description */
function describe({ name, productName, version, desktopName }) {
  if (version) app.setVersion(version)
  const shownName = productName ?? name
  if (shownName) app.setName(shownName)
  app.setDesktopName(desktopName ?? `${app.getName()}.desktop`)
}
