import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface Project {
  readonly projectId: string
  readonly apiKey: string
  /** Has nothing ticked. */
  readonly bareKey: string
}

export interface RunningSimulator {
  readonly endpoint: string
  readonly projectId: string
  readonly apiKey: string
  readonly expiredKey: string
  readonly projects: readonly [Project, Project, Project]
  readonly controlUrl: string
  /** Speaks to the control route. */
  control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown>
  /** Ends the process the hard way. */
  kill(): Promise<void>
}

/** The simulator of the built app. */
const builtScript = resolve(import.meta.dirname, '../../../out/main/simulator.js')

/** The built simulator in a process of its own, as `npm run simulator` runs it. */
export async function startSimulator(
  port = 0,
  seed = 7,
  version = '1.5.11',
  script = builtScript
): Promise<RunningSimulator> {
  const args = [script, '--port', String(port), '--version', version, '--seed', String(seed), '--projects', '3']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const told = JSON.parse(line) as Omit<RunningSimulator, 'control' | 'kill'>
  return {
    ...told,
    control: (method, path, body) => control(told.controlUrl, method, path, body),
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    }
  }
}

/** The control route of an app's own demo, as its log tells it. */
export async function demoControlUrl(userData: string): Promise<string> {
  const log = await readFile(join(userData, 'logs/standby.log'), 'utf8')
  const url = /its control route is (\S+)/.exec(log)?.[1]
  if (url === undefined) throw new Error('the log names no demo')
  return url
}

/** One request to a control route; throws when it is refused. */
export async function control(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  const reply = await fetch(url + path, init)
  const answer: unknown = await reply.json()
  if (!reply.ok) throw new Error(`control ${path}: ${JSON.stringify(answer)}`)
  return answer
}
