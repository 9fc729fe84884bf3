import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import os from 'node:os'

/** Signals that end the rig, and are handed on to what it runs. */
export const endingSignals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * The exit code a shell would report: 128 + n for a death by signal n.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  if (code !== null) return code
  return signal === null ? 1 : 128 + os.constants.signals[signal]
}

/**
 * Runs a program to its end and keeps what it said. Never rejects: a program that cannot be started has code 127.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ code: number, stdout: string, output: string }>} `output` is stdout and stderr together
 */
export function capture(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let stdout = ''
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text
      output += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text))
    child.once('error', (error) => resolve({ code: 127, stdout, output: error.message }))
    child.once('close', (code, signal) => resolve({ code: exitCodeOf(code, signal), stdout, output }))
  })
}

/**
 * Runs a program in the foreground: the terminal is its own, signals are handed on.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code
 */
export function foreground(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options })
    const handOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal)
    for (const signal of endingSignals) process.on(signal, handOn)
    const settle = () => {
      for (const signal of endingSignals) process.off(signal, handOn)
    }
    child.once('error', (error) => {
      settle()
      reject(error)
    })
    child.once('close', (code, signal) => {
      settle()
      resolve(exitCodeOf(code, signal))
    })
  })
}

/**
 * Kills what is left of a session that this rig started: every process of the kernel session that `leader` opened, and
 * those that left it but still say whose they are, by their environment or by working below the session's folder.
 * A shell or a crashed test can die before the Electron it started; Chromium writes its title over its environment.
 * @param {number | undefined} leader process id; undefined when none was started
 * @param {string} folder the session's
 */
export function killSession(leader, folder) {
  const mark = `STANDBY_SESSION=${folder}`
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) continue
    try {
      if (sessionOf(pid) === leader || isMarked(pid, mark) || worksBelow(pid, folder)) process.kill(pid, 'SIGKILL')
    } catch {
      // Gone meanwhile, or another user's.
    }
  }
}

/** @param {number} pid */
function sessionOf(pid) {
  // "pid (name) state parent group session …"; the name may hold anything.
  return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[3])
}

/**
 * @param {number} pid
 * @param {string} mark
 */
function isMarked(pid, mark) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark)
  } catch {
    return false
  }
}

/**
 * @param {number} pid
 * @param {string} folder
 */
function worksBelow(pid, folder) {
  return readlinkSync(`/proc/${pid}/cwd`).startsWith(`${folder}/`)
}

/**
 * True while a process with this id exists, whoever owns it.
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
