import { execFile, spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import type { Desk } from './desk.ts'
import type { RunningSimulator } from './simulator.ts'

const run = promisify(execFile)

/** The watchdogs of a profile that run, by their process ids. */
export const watchdogsOf = (userData: string): Promise<readonly number[]> =>
  running((line) => line.includes(`--watchdog=${userData}`))

/** The Standbys of a profile that run, by the process ids of their main processes. */
export const mainsOf = (userData: string): Promise<readonly number[]> =>
  running(
    (line) => line.includes(`--user-data-dir=${userData}`) && !line.includes('--watchdog=') && !line.includes('--type=')
  )

/** Every process of a profile that still runs, helpers of Chromium's included. */
export const processesOf = (userData: string): Promise<readonly number[]> =>
  running((line) => line.includes(`--user-data-dir=${userData}`))

/** The processes that this one started, and those that they started. */
export async function descendantsOf(pid: number): Promise<readonly number[]> {
  const { stdout } = await run('ps', ['-eo', 'pid=,ppid='])
  const parents = stdout
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
  const below = (one: number): readonly number[] =>
    parents.flatMap(([child = 0, parent]) => (parent === one ? [child, ...below(child)] : []))
  return below(pid)
}

/** Those of them that have not ended. */
export async function alive(pids: readonly number[]): Promise<readonly number[]> {
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return pids.filter((_, index) => lines[index] !== '')
}

/** A process that ended but was not waited for yet has no command line. */
async function running(isWanted: (line: string) => boolean): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return pids.filter((_, index) => isWanted((lines[index] ?? '').replaceAll('\0', ' '))).map(Number)
}

/** Adds a simulated server, its key kept in a file: a bus of a test's own has no keyring. */
export async function addReal({ page }: Desk, simulator: RunningSimulator): Promise<string> {
  await call(page, 'vault.answer', { acceptWeak: true })
  const { endpoint, projectId, apiKey } = simulator
  const added = await call(page, 'connections.add', {
    name: 'Shop',
    endpoint,
    projectId,
    apiKey,
    environment: 'production'
  })
  return (added as { readonly connectionId: string }).connectionId
}

export async function call(page: Page, name: string, args: unknown): Promise<unknown> {
  const reply = await page.evaluate(([asked, given]) => window.standby.request(`ask-${Math.random()}`, asked, given), [
    name,
    args
  ] as const)
  if (!reply.ok) throw new Error(reply.fault.message)
  return reply.value
}

export const logOf = (userData: string): Promise<string> => readFile(join(userData, 'logs/standby.log'), 'utf8')

export interface Overheard {
  /** The process ids of those who called `Notify`, in order. */
  notifiers(): Promise<readonly number[]>
  stop(): void
}

/** Listens on a bus for who calls the notification daemon: its own log tells only what. */
export function overhear(address: string): Overheard {
  const rule = "interface='org.freedesktop.Notifications',member='Notify'"
  const monitor = spawn('dbus-monitor', ['--address', address, rule], { stdio: ['ignore', 'pipe', 'inherit'] })
  let heard = ''
  monitor.stdout.setEncoding('utf8').on('data', (text: string) => (heard += text))
  const bus = 'org.freedesktop.DBus'
  const where = ['call', '--session', '--dest', bus, '--object-path', '/org/freedesktop/DBus', '--method']
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: address }
  const ownerOf = async (name: string): Promise<number> => {
    const { stdout } = await run('gdbus', [...where, `${bus}.GetConnectionUnixProcessID`, name], { env })
    return Number(/uint32 (\d+)/.exec(stdout)?.[1])
  }
  return {
    notifiers: () =>
      Promise.all([...heard.matchAll(/sender=(:\S+) .*member=Notify$/gm)].map(([, name = '']) => ownerOf(name))),
    stop: () => monitor.kill()
  }
}
