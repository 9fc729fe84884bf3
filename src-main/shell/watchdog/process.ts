import { spawn } from 'node:child_process'
import type { Duplex } from 'node:stream'
import { createInterface } from 'node:readline'
import { environmentOfHeir } from './inherited.ts'
import type { Command } from './lines.ts'

/** The process of a watchdog, as Standby holds it. */
export interface WatchdogProcess {
  /** One line; nothing happens where it is gone. */
  say(line: string): void
  onLine(listener: (line: string) => void): void
  /** Once; also where it could not be started. `why` names the code, the signal or the error. */
  onGone(listener: (why: string) => void): void
  /** Ends it the hard way. */
  kill(): void
}

/** The file descriptor of the line to Standby: on Windows Electron has no standard input. */
export const lineDescriptor = 3

/** The command that started this process. An AppImage runs from a mount that is gone after it. */
export function ownCommand(): Command {
  return { file: process.env.APPIMAGE ?? process.execPath, args: process.argv.slice(1), folder: process.cwd() }
}

/** Starts Standby so that it outlives who starts it. */
export function openApart({ file, args, folder }: Command): void {
  const child = spawn(file, args, { cwd: folder, env: environmentOfHeir(), detached: true, stdio: 'ignore' })
  // Nothing to tell: the notice that was clicked says already that Standby does not run.
  child.on('error', () => undefined)
  child.unref()
}

/**
 * Starts a watchdog for the profile in `profileFolder`: this program once more, with all of its switches, in a session of
 * its own. A helper process of Electron's would end with it, and Electron run as Node is fused off.
 */
export function startWatchdog({ file, args, folder }: Command, profileFolder: string): WatchdogProcess {
  const child = spawn(file, [...args, `--watchdog=${profileFolder}`], {
    cwd: folder,
    env: environmentOfHeir(),
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe']
  })
  child.unref()
  // A child that could not be started has none.
  const line = (child.stdio[lineDescriptor] ?? null) as Duplex | null
  line?.on('error', () => undefined)
  return {
    say: (text) => {
      if (line?.writable === true) line.write(`${text}\n`)
    },
    onLine: (listener) => {
      if (line !== null) createInterface(line).on('line', listener)
    },
    onGone: (listener) => {
      let isTold = false
      const tell = (why: string): void => {
        if (isTold) return
        isTold = true
        listener(why)
      }
      child.once('exit', (code, signal) => tell(signal ?? `code ${code ?? 'unknown'}`))
      child.once('error', (error) => tell(error.message))
    },
    kill: () => void child.kill('SIGKILL')
  }
}
