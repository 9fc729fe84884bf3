import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isAlive } from './processes.mjs'
import { isRoot, projectRoot } from './project.mjs'
import { stage, stageFile } from './stage.mjs'
import { isReachable, sessionId } from './user.mjs'

/**
 * @typedef {object} SessionFolder
 * @property {string} folder everything below goes when the session ends
 * @property {string} project where the command runs: the clone, or root's stage of it
 * @property {string} runtime Electron's executable, where the session's user can run it
 * @property {Record<string, string>} env the session's homes, and a PATH that begins with its `node` and `electron`
 */

const PREFIX = 'standby-session-'

/**
 * Makes the folder of one session: a home of its own, so that no test touches the user's settings or keyring, and for
 * root a stage of the project.
 * @param {string} runtime
 * @param {readonly string[]} without names at the project's top that are not staged
 * @returns {SessionFolder}
 */
export function makeSessionFolder(runtime, without) {
  const parent = parentFolder()
  sweep(parent)
  const folder = mkdtempSync(path.join(parent, `${PREFIX}${process.pid}-`))
  chmodSync(folder, 0o755)
  const bin = path.join(folder, 'bin')
  mkdirSync(bin, { mode: 0o755 })
  const project = isRoot ? path.join(folder, 'project') : projectRoot
  if (isRoot) stage(projectRoot, project, { owner: sessionId, without })
  const staged = reachableRuntime(runtime, folder, project)
  symlinkSync(staged, path.join(bin, 'electron'))
  const node = realpathSync(process.execPath)
  if (isReachable(node)) symlinkSync(node, path.join(bin, 'node'))
  else stageFile(node, path.join(bin, 'node'), sessionId)
  // The bus tells of every service it starts, on the command's own stderr.
  const daemon = path.join(bin, 'quiet-dbus-daemon')
  writeFileSync(daemon, '#!/bin/sh\nexec dbus-daemon "$@" 2>"$XDG_RUNTIME_DIR/bus.log"\n')
  chmodSync(daemon, 0o755)
  return {
    folder,
    project,
    runtime: staged,
    env: { ...homes(folder), PATH: `${bin}${path.delimiter}${process.env.PATH}` }
  }
}

/**
 * Hard links need the clone's own file system; /tmp is often another one.
 * @returns {string}
 */
function parentFolder() {
  const device = statSync(projectRoot).dev
  const candidates = isRoot ? [os.tmpdir(), '/var/tmp'] : [os.tmpdir()]
  const usable = candidates.map((folder) => realpathSync(folder)).filter((folder) => isReachable(folder))
  const parent = usable.find((folder) => statSync(folder).dev === device) ?? usable[0]
  if (parent === undefined) throw new Error(`no folder for temporary files is open to user ${sessionId}`)
  return parent
}

/**
 * Removes what sessions left that were killed before they could clean up.
 * @param {string} parent
 */
function sweep(parent) {
  for (const name of readdirSync(parent)) {
    const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : Number.NaN)
    if (!Number.isInteger(pid) || isAlive(pid)) continue
    try {
      rmSync(path.join(parent, name), { recursive: true, force: true })
    } catch {
      // Another user's.
    }
  }
}

/**
 * @param {string} runtime
 * @param {string} folder
 * @param {string} project
 */
function reachableRuntime(runtime, folder, project) {
  const executable = realpathSync(runtime)
  if (isReachable(executable)) return executable
  const inProject = path.relative(projectRoot, executable)
  if (!inProject.startsWith('..') && !path.isAbsolute(inProject)) return path.join(project, inProject)
  stage(path.dirname(executable), path.join(folder, 'electron'), { owner: sessionId })
  return path.join(folder, 'electron', path.basename(executable))
}

/**
 * @param {string} folder
 * @returns {Record<string, string>}
 */
function homes(folder) {
  const home = path.join(folder, 'home')
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    XDG_DATA_HOME: path.join(home, '.local', 'share'),
    XDG_STATE_HOME: path.join(home, '.local', 'state'),
    XDG_RUNTIME_DIR: path.join(folder, 'run'),
    TMPDIR: path.join(folder, 'tmp')
  }
  const local = path.join(home, '.local')
  for (const made of [home, local, ...Object.values(env).slice(1)]) {
    mkdirSync(made, { recursive: true, mode: 0o700 })
    if (isRoot) chownSync(made, sessionId, sessionId)
  }
  return env
}
