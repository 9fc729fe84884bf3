import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { electronRuntime } from './electron.mjs'
import { mirror } from './mirror.mjs'
import { endingSignals, exitCodeOf, foreground, killSession } from './processes.mjs'
import { isEntryPoint, isRoot, note, projectRoot } from './project.mjs'
import { canSandbox } from './sandbox.mjs'
import { makeSessionFolder } from './session-folder.mjs'
import { takeBack } from './stage.mjs'
import { ensureSystemPackages } from './system-packages.mjs'
import { asSessionUser } from './user.mjs'

/**
 * @typedef {object} DesktopOptions
 * @property {boolean} [keyring] false: no secret service, the case to warn about
 * @property {boolean} [mocks] false: neither a notification daemon nor a tray
 * @property {boolean} [virtual] true: a virtual session even where there is a real desktop
 * @property {readonly string[]} [live] folders of the project whose changes reach the stage while the command runs
 */

const GRACE_MS = 15_000

/** Whether this process can open windows that someone may see. Root never can: Chromium's sandbox refuses it. */
export const hasDisplay =
  process.platform !== 'linux' || (!isRoot && Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY))

const hasBus =
  Boolean(process.env.DBUS_SESSION_BUS_ADDRESS) ||
  existsSync(path.join(process.env.XDG_RUNTIME_DIR || '/nowhere', 'bus'))

/** @type {Promise<string> | undefined} */
let prepared

/**
 * Gets what a session needs before it is asked for; may run beside other preparations. Done once a process.
 * @returns {Promise<string>} Electron's executable
 */
export function prepareDesktop() {
  const hasDesktop = process.platform !== 'linux' || (hasDisplay && hasBus)
  prepared ??= Promise.all([electronRuntime(), hasDesktop ? undefined : ensureSystemPackages()]).then(
    ([runtime]) => runtime
  )
  return prepared
}

/**
 * Runs a command with a display, a bus, a keyring and mocks: the desktop's own where there is one, else a session made
 * for it, by root as an unprivileged user in a stage of the project. Electron's path is in `STANDBY_ELECTRON`, and
 * `STANDBY_PASSWORD_STORE` and `STANDBY_NO_SANDBOX` name switches it needs.
 * @param {readonly string[]} command its paths are relative to the project
 * @param {DesktopOptions} [options]
 * @returns {Promise<number>} the command's exit code
 */
export async function runOnDesktop(command, options = {}) {
  const runtime = await prepareDesktop()
  if (process.platform !== 'linux' || (hasDisplay && hasBus && !options.virtual)) {
    const [file = '', ...args] = command
    const shell = process.platform === 'win32' && !path.isAbsolute(file)
    return foreground(file, args, { cwd: projectRoot, shell, env: { ...process.env, ...(await runtimeEnv(runtime)) } })
  }
  if (options.virtual) await ensureSystemPackages()
  return runSession(command, runtime, options)
}

/**
 * @param {readonly string[]} command
 * @param {string} runtime
 * @param {DesktopOptions} options
 */
async function runSession(command, runtime, { keyring = true, mocks = true, virtual = false, live = [] }) {
  const ownDisplay = virtual || !hasDisplay
  const session = makeSessionFolder(runtime, live.length > 0 ? ['out'] : [])
  const stopMirror = isRoot ? mirror(live, projectRoot, session.project) : () => {}
  try {
    const env = {
      ...withoutDesktop(process.env, ownDisplay),
      ...session.env,
      ...(await runtimeEnv(session.runtime)),
      STANDBY_STAGE: session.project,
      STANDBY_SESSION: session.folder
    }
    const parts = [ownDisplay && '--display', keyring && '--keyring', mocks && '--mocks'].filter(
      (part) => part !== false
    )
    const inner = ['node', path.join(session.project, 'resources', 'dev', 'session.mjs'), ...parts, '--', ...command]
    return await supervise(
      [...asSessionUser(), 'dbus-run-session', '--dbus-daemon=quiet-dbus-daemon', '--', ...inner],
      session.project,
      env
    )
  } finally {
    stopMirror()
    if (isRoot) takeBack(session.project, projectRoot, 'test-results')
    rmSync(session.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * Runs the session in a process group of its own, so that Ctrl+C reaches the command once and through the rig only.
 * @param {readonly string[]} command
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv & { STANDBY_SESSION: string }} env
 * @returns {Promise<number>}
 */
function supervise([file = '', ...args], cwd, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, detached: true, stdio: ['inherit', 'inherit', 'inherit', 'pipe'] })
    const line = /** @type {import('node:net').Socket} */ (child.stdio[3])
    line.on('error', () => {})
    const handOn = (/** @type {NodeJS.Signals} */ signal) => {
      line.write(`${signal}\n`)
      setTimeout(() => killSession(child.pid, env.STANDBY_SESSION), GRACE_MS).unref()
    }
    for (const signal of endingSignals) process.on(signal, handOn)
    const settle = () => {
      for (const signal of endingSignals) process.off(signal, handOn)
      line.destroy()
      killSession(child.pid, env.STANDBY_SESSION)
    }
    child.once('error', (error) => {
      settle()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      settle()
      resolve(exitCodeOf(code, signal))
    })
  })
}

/** @param {string} runtime */
async function runtimeEnv(runtime) {
  const env = {
    STANDBY_ELECTRON: runtime,
    ELECTRON_EXEC_PATH: runtime,
    ...(process.platform === 'linux' && { ELECTRON_OVERRIDE_DIST_PATH: path.dirname(runtime) })
  }
  if (await canSandbox(runtime)) return env
  note('user namespaces are forbidden here: Electron runs with --no-sandbox')
  return { ...env, STANDBY_NO_SANDBOX: '1' }
}

/**
 * The environment without another session's desktop.
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} ownDisplay
 */
function withoutDesktop(env, ownDisplay) {
  const kept = Object.entries(env).filter(([name]) => !/^(XDG_|DBUS_|GNOME_KEYRING_|SUDO_)/.test(name))
  const { DISPLAY, WAYLAND_DISPLAY, XAUTHORITY, ...rest } = Object.fromEntries(kept)
  if (ownDisplay) return rest
  // The session's home is another one: what is found through the real one must be named.
  const display = { DISPLAY, WAYLAND_DISPLAY, XAUTHORITY: XAUTHORITY ?? path.join(os.homedir(), '.Xauthority') }
  return { ...rest, ...display }
}

if (isEntryPoint(import.meta.url)) {
  const split = process.argv.indexOf('--')
  const flags = new Set(split < 0 ? [] : process.argv.slice(2, split))
  const command = split < 0 ? process.argv.slice(2) : process.argv.slice(split + 1)
  if (command.length === 0) {
    note('usage: desktop.mjs [--no-keyring] [--bare] [--virtual] -- COMMAND…')
    process.exit(2)
  }
  const options = { keyring: !flags.has('--no-keyring'), mocks: !flags.has('--bare'), virtual: flags.has('--virtual') }
  process.exitCode = await runOnDesktop(command, options).catch((error) => {
    note(error.message)
    return 1
  })
}
