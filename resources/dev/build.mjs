import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { capture } from './processes.mjs'
import { isEntryPoint, projectRoot } from './project.mjs'

const appSources = [
  'src-main',
  'src-renderer',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json'
]
const notBuilt = path.join('resources', 'dev')

/** Builds the app into `out/` when its sources are not those that `out/` was built from. Quiet unless it fails. */
export async function ensureBuilt() {
  await whenChanged('out', appSources, async () => {
    const cli = path.join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    const { code, output } = await capture(process.execPath, [cli, 'build'], { cwd: projectRoot })
    if (code !== 0) throw new Error(`the build failed:\n${output.trim()}`)
  })
}

/**
 * Bundles the simulator alone, which takes a fraction of the app's build.
 * @returns {Promise<string>} the bundle's absolute path
 */
export async function ensureSimulatorBuilt() {
  await whenChanged(path.join('out', 'simulator'), ['src-main/simulator', 'package-lock.json'], async (target) => {
    const { build } = await import('vite')
    await build({
      root: projectRoot,
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: 'src-main/simulator/main.ts',
        target: 'node20.18',
        outDir: target,
        emptyOutDir: true,
        rolldownOptions: { output: { format: 'es', entryFileNames: 'simulator.js' } }
      }
    })
  })
  return path.join(projectRoot, 'out', 'simulator', 'simulator.js')
}

/**
 * Bundles the engine without a window, for crash tests and benches.
 * @returns {Promise<string>} the bundle's absolute path
 */
export async function ensureHeadlessBuilt() {
  const sources = ['contract', 'core', 'appwrite', 'services', 'headless'].map((room) => `src-main/${room}`)
  await whenChanged(path.join('out', 'headless'), [...sources, 'package-lock.json'], async (target) => {
    const { build } = await import('vite')
    await build({
      root: projectRoot,
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true, external: ['libsql'] },
      build: {
        ssr: 'src-main/headless/main.ts',
        target: 'node20.18',
        outDir: target,
        emptyOutDir: true,
        rolldownOptions: { external: ['libsql'], output: { format: 'es', entryFileNames: 'headless.js' } }
      }
    })
  })
  return path.join(projectRoot, 'out', 'headless', 'headless.js')
}

/**
 * Runs `build` unless the stamp in its output says that the same sources were built before.
 * @param {string} output relative to the project
 * @param {readonly string[]} sources files and folders, relative to the project
 * @param {(target: string) => Promise<void>} build
 */
async function whenChanged(output, sources, build) {
  const target = path.join(projectRoot, output)
  const stamp = path.join(target, '.built')
  const digest = digestOf(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  // Gone before the build starts: a build that is broken off must not look finished.
  rmSync(stamp, { force: true })
  await build(target)
  mkdirSync(target, { recursive: true })
  writeFileSync(stamp, digest)
}

/** @param {readonly string[]} sources */
function digestOf(sources) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesBelow(source)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(projectRoot, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} relative
 * @returns {string[]}
 */
function filesBelow(relative) {
  const found = statSync(path.join(projectRoot, relative), { throwIfNoEntry: false })
  if (found === undefined || path.normalize(relative) === notBuilt) return []
  if (!found.isDirectory()) return [relative]
  return readdirSync(path.join(projectRoot, relative)).flatMap((name) => filesBelow(path.join(relative, name)))
}

if (isEntryPoint(import.meta.url)) await ensureBuilt()
