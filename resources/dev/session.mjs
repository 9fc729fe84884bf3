// Runs inside the session's bus as the session's user: `session.mjs [--display] [--keyring] [--mocks] -- COMMAND…`.
// Started by desktop.mjs, which holds the other end of file descriptor 3: it sends signals' names through it, and its
// end means that the rig is gone.
import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { exitCodeOf } from './processes.mjs'
import { note } from './project.mjs'
import { startDisplay, startKeyring, startNotifications, startTray } from './services.mjs'

const GRACE_MS = 10_000
const SERVICE_GRACE_MS = 2_000
const split = process.argv.indexOf('--')
const parts = new Set(process.argv.slice(2, split))
const [file = '', ...args] = process.argv.slice(split + 1)

/** @type {import('node:child_process').ChildProcess | undefined} */
let command
/** @type {import('./services.mjs').Service[]} */
const services = []
/** @type {NodeJS.Signals | undefined} */
let stopping

const rig = new Socket({ fd: 3 })
rig
  .setEncoding('utf8')
  .on('data', (text) => stop(/** @type {NodeJS.Signals} */ (String(text).trim().split('\n').at(-1))))
rig.on('error', () => stop('SIGTERM'))
rig.on('end', () => stop('SIGTERM'))

const code = await main()
await Promise.race([Promise.all(services.map((service) => end(service.process))), sleep(SERVICE_GRACE_MS)])
// A service that failed to start may still run; the rig kills what is left.
process.exit(code)

async function main() {
  try {
    const starters = [
      ...(parts.has('--display') ? [startDisplay] : []),
      ...(parts.has('--keyring') ? [startKeyring] : []),
      ...(parts.has('--mocks') ? [startNotifications, startTray] : [])
    ]
    const outcomes = await Promise.allSettled(starters.map((start) => start()))
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') services.push(outcome.value)
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    if (stopping !== undefined) return exitCodeOf(null, stopping)
    return await runCommand(Object.assign({}, process.env, ...services.map((service) => service.env)))
  } catch (error) {
    note(error instanceof Error ? error.message : String(error))
    return 1
  }
}

/** @param {NodeJS.ProcessEnv} env */
function runCommand(env) {
  return new Promise((resolve, reject) => {
    command = spawn(file, args, { stdio: 'inherit', env })
    command.once('error', reject)
    command.once('close', (code, signal) => resolve(exitCodeOf(code, signal)))
  })
}

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  stopping = signal
  command?.kill(signal)
  setTimeout(() => command?.kill('SIGKILL'), GRACE_MS).unref()
}

/**
 * Xvfb removes its lock and its socket when it is asked to end, not when it is killed.
 * @param {import('node:child_process').ChildProcess} child
 */
function end(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(undefined)
    child.once('exit', resolve)
    child.kill('SIGTERM')
  })
}
