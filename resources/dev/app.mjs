import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { endingSignals, exitCodeOf } from './processes.mjs'
import { isEntryPoint, projectRoot } from './project.mjs'

/** What Chromium and its libraries say about a machine without graphics card, system bus and panel. */
const CHROMIUM_NOISE = /^(\[\d+:\d{4}\/\d{6}\.\d+:|\(.+:\d+\): \S+-(WARNING|CRITICAL|Message) |libva |MESA|dbus\[)/

/**
 * Electron's switches for the session that this process runs in, by the variables that desktop.mjs sets.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string[]}
 */
export function electronSwitches(env = process.env) {
  return [
    ...(env.STANDBY_PASSWORD_STORE ? [`--password-store=${env.STANDBY_PASSWORD_STORE}`] : []),
    ...(env.STANDBY_NO_SANDBOX ? ['--no-sandbox'] : []),
    // A virtual display has no graphics card: without the switch Chromium starts its GPU process in vain first.
    ...(env.STANDBY_SESSION ? ['--disable-gpu'] : [])
  ]
}

/**
 * Runs the built app until it ends. With `--report` only the app's own lines reach the terminal, unless
 * `STANDBY_VERBOSE` is set.
 * @param {readonly string[]} args the app's own
 * @returns {Promise<number>} its exit code
 */
export function runApp(args) {
  const runtime = process.env.STANDBY_ELECTRON
  if (!runtime) throw new Error('app.mjs runs inside desktop.mjs; use npm start')
  const isQuiet = !process.env.STANDBY_VERBOSE && args.some((arg) => arg.startsWith('--report='))
  const child = spawn(runtime, [...electronSwitches(), '.', ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', isQuiet ? 'pipe' : 'inherit']
  })
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.trim() !== '' && !CHROMIUM_NOISE.test(line)) process.stderr.write(`${line}\n`)
    })
  }
  for (const signal of endingSignals) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)))
  })
}

if (isEntryPoint(import.meta.url)) process.exitCode = await runApp(process.argv.slice(2))
