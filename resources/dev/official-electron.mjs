import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { note, projectRoot } from './project.mjs'
import { cacheFolder, hasFallback } from './runtime-cache.mjs'

/** @type {Partial<Record<NodeJS.Platform, string>>} */
const executables = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/** The executable's path within an Electron distribution on this platform. */
export const executableInDist = executables[process.platform] ?? 'electron'

const packageFolder = path.join(projectRoot, 'node_modules', 'electron')
const failureStamp = path.join(cacheFolder, 'electron-installer-failed')
const STALLED_MS = 20_000
const ASK_AGAIN_MS = 24 * 3_600_000

/**
 * The executable of the installed `electron` package, when its `dist` is complete and of the package's own version.
 * @returns {string | undefined} an absolute path
 */
export function installedElectron() {
  try {
    const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'))
    const dist = path.join(packageFolder, 'dist')
    const found = readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '')
    // The installer writes path.txt last.
    const executable = path.join(dist, readFileSync(path.join(packageFolder, 'path.txt'), 'utf8').trim())
    return found === version && existsSync(executable) ? executable : undefined
  } catch {
    return undefined
  }
}

/**
 * Runs the `electron` package's own installer, checksums and all, until it ends or stops receiving. Where there is a
 * fallback, a failure is remembered for a day: a host that hangs would cost every start its wait.
 */
export async function installElectron() {
  if (hasFallback && (await ageMs(failureStamp)) < ASK_AGAIN_MS) return
  const downloads = await mkdtemp(path.join(os.tmpdir(), 'standby-electron-'))
  try {
    const reason = await runInstaller(downloads)
    if (reason === undefined) return
    note(`Electron's own installer could not fetch it (${reason})`)
    await mkdir(cacheFolder, { recursive: true, mode: 0o755 })
    await writeFile(failureStamp, '')
  } finally {
    await rm(downloads, { recursive: true, force: true })
  }
}

/**
 * @param {string} downloads a folder for what is on its way: its growth shows that the installer is not stuck
 * @returns {Promise<string | undefined>} why it failed
 */
function runInstaller(downloads) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(packageFolder, 'install.js')], {
      env: { ...process.env, TMPDIR: downloads, TEMP: downloads, TMP: downloads },
      stdio: ['ignore', 'ignore', 'pipe']
    })
    let lastLine = ''
    let lastBytes = 0
    let movedAt = Date.now()
    const watch = setInterval(async () => {
      const bytes = await sizeOf(downloads)
      if (bytes !== lastBytes) {
        lastBytes = bytes
        movedAt = Date.now()
      } else if (Date.now() - movedAt > STALLED_MS && child.kill('SIGKILL')) {
        lastLine = `nothing received for ${STALLED_MS / 1000} s`
      }
    }, 1_000)
    child.stderr.setEncoding('utf8').on('data', (text) => (lastLine ||= text.trim().split('\n')[0]))
    const settle = (/** @type {string | undefined} */ reason) => {
      clearInterval(watch)
      resolve(reason)
    }
    child.once('error', (error) => settle(error.message))
    child.once('close', (code) => settle(code === 0 ? undefined : lastLine || `code ${code}`))
  })
}

/** @param {string} folder */
async function sizeOf(folder) {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(
    names.map((name) =>
      stat(path.join(folder, name)).then(
        (found) => found.size,
        () => 0
      )
    )
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** @param {string} file */
async function ageMs(file) {
  const found = await stat(file).catch(() => undefined)
  return found === undefined ? Infinity : Date.now() - found.mtimeMs
}
