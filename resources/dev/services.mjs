import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { capture } from './processes.mjs'

/**
 * @typedef {object} Service
 * @property {import('node:child_process').ChildProcess} process
 * @property {Record<string, string>} env what a program needs to find it
 */

const READY_SECONDS = 20
const WATCHER = 'org.kde.StatusNotifierWatcher'
const WATCHER_PATH = '/StatusNotifierWatcher'

/**
 * A display without a screen, under a number that no other display has.
 * @returns {Promise<Service>}
 */
export async function startDisplay() {
  try {
    // Xvfb as an ordinary user does not make the sockets' folder itself. It is every user's.
    mkdirSync('/tmp/.X11-unix')
    chmodSync('/tmp/.X11-unix', 0o1777)
  } catch {
    // There is one.
  }
  const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset']
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  const number = await firstLine(child, child.stdio[3])
  return { process: child, env: { DISPLAY: `:${number}` } }
}

/**
 * The secret service, its default keyring open.
 * @returns {Promise<Service>}
 */
export async function startKeyring() {
  const child = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    stdio: ['pipe', 'ignore', 'ignore']
  })
  child.stdin.end('standby')
  await onBus('org.freedesktop.secrets')
  return { process: child, env: { STANDBY_PASSWORD_STORE: 'gnome-libsecret' } }
}

/**
 * A notification daemon that shows nothing and writes down every call to its log.
 * @returns {Promise<Service>}
 */
export async function startNotifications() {
  const log = logPath('notifications')
  const parameters = JSON.stringify({ capabilities: 'actions body' })
  const child = mock(['--session', '-t', 'notification_daemon', '-p', parameters], log)
  await onBus('org.freedesktop.Notifications')
  return { process: child, env: { STANDBY_NOTIFICATION_LOG: log } }
}

/**
 * The place where a desktop's panel would take tray icons from.
 * @returns {Promise<Service>}
 */
export async function startTray() {
  const log = logPath('tray')
  const child = mock(['--session', WATCHER, WATCHER_PATH, WATCHER], log)
  await onBus(WATCHER)
  for (const method of ['RegisterStatusNotifierItem', 'RegisterStatusNotifierHost']) {
    await callMock('AddMethod', WATCHER, method, 's', '', '')
  }
  await callMock('AddProperty', WATCHER, 'IsStatusNotifierHostRegistered', '<true>')
  return { process: child, env: { STANDBY_TRAY_LOG: log } }
}

/**
 * @param {readonly string[]} args
 * @param {string} log
 */
function mock(args, log) {
  // Debian's own Python has the package; one that comes first in PATH may not.
  return spawn('/usr/bin/python3', ['-m', 'dbusmock', '--logfile', log, ...args], {
    stdio: ['ignore', 'ignore', openSync(`${log}.errors`, 'w')]
  })
}

/** @param {string} name */
function logPath(name) {
  return path.join(process.env.XDG_RUNTIME_DIR ?? '/tmp', `${name}.log`)
}

/**
 * @param {string} method
 * @param {...string} args
 */
async function callMock(method, ...args) {
  const call = ['call', '--session', '--dest', WATCHER, '--object-path', WATCHER_PATH, '--method']
  const { code, output } = await capture('gdbus', [...call, `org.freedesktop.DBus.Mock.${method}`, ...args])
  if (code !== 0) throw new Error(`the tray's mock refused ${method}: ${output.trim()}`)
}

/** @param {string} name */
async function onBus(name) {
  const { code } = await capture('gdbus', ['wait', '--session', '--timeout', String(READY_SECONDS), name])
  if (code !== 0) throw new Error(`${name} did not appear on the session's bus within ${READY_SECONDS} s`)
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {unknown} stream
 * @returns {Promise<string>}
 */
function firstLine(child, stream) {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text) => (said += text))
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${child.spawnfile} did not start: ${said.trim()}`)))
    const readable = /** @type {import('node:stream').Readable} */ (stream)
    readable.setEncoding('utf8').once('data', (text) => resolve(text.trim()))
  })
}
