import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const run = promisify(execFile)
const daemonName = 'org.freedesktop.Notifications'

/** A bus of a test's own, which starts no services: on a real desktop too the test alone decides who shows notices. */
const config = (folder: string) => `<busconfig>
  <type>session</type>
  <listen>unix:path=${join(folder, 'bus')}</listen>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
`

/** A call of `Notify` as the daemon wrote it down. */
export interface Notified {
  readonly atMs: number
  readonly app: string
  readonly replaced: number
  readonly title: string
  readonly body: string
  readonly actions: string
  readonly hints: string
  readonly expireMs: number
}

export interface NotificationDaemon {
  readonly process: ChildProcess
  /** The calls of `Notify` until now. */
  notified(): Promise<readonly Notified[]>
  /** The ids that were taken back until now. */
  takenBack(): Promise<readonly number[]>
  /** Lets the daemon tell, as it does when a person clicks or closes. */
  tell(signal: 'ActionInvoked' | 'NotificationClosed', id: number, what: string | number): Promise<void>
  /** Ends the process the hard way. */
  kill(): Promise<void>
}

export class TestBus {
  readonly address: string
  readonly #folder: string
  readonly #running: ChildProcess[]
  #daemons = 0

  private constructor(folder: string, bus: ChildProcess) {
    this.#folder = folder
    // Not as the bus prints it, with an id of its own: the one that takes its place has another.
    this.address = `unix:path=${join(folder, 'bus')}`
    this.#running = [bus]
  }

  static async start(): Promise<TestBus> {
    const folder = await mkdtemp(join(tmpdir(), 'standby-bus-'))
    const file = join(folder, 'bus.conf')
    await writeFile(file, config(folder))
    return new TestBus(folder, await startBus(file))
  }

  /** A notification daemon that shows nothing and writes down what it is asked. */
  async startDaemon(capabilities: string): Promise<NotificationDaemon> {
    const log = join(this.#folder, `daemon-${this.#daemons++}.log`)
    const parameters = JSON.stringify({ capabilities })
    const args = ['-m', 'dbusmock', '--logfile', log, '--session', '-t', 'notification_daemon', '-p', parameters]
    const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: this.address }
    // Debian's own Python has the package; one that comes first in PATH may not.
    const child = spawn('/usr/bin/python3', args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
    this.#running.push(child)
    await run('gdbus', ['wait', '--session', '--timeout', '20', daemonName], { env })
    const written = (): Promise<string> => readFile(log, 'utf8')
    return {
      process: child,
      notified: async () => notifiedIn(await written()),
      takenBack: async () => [...(await written()).matchAll(/ CloseNotification (\d+)$/gm)].map(([, id]) => Number(id)),
      tell: async (signal, id, what) => {
        const [signature, value] = typeof what === 'number' ? ['uu', `uint32 ${what}`] : ['us', `'${what}'`]
        const call = ['call', '--session', '--dest', daemonName, '--object-path', '/org/freedesktop/Notifications']
        const member = ['--method', 'org.freedesktop.DBus.Mock.EmitSignal', daemonName, signal, signature]
        await run('gdbus', [...call, ...member, `[<uint32 ${id}>, <${value}>]`], { env })
      },
      kill: () => end(child)
    }
  }

  async stop(): Promise<void> {
    for (const child of this.#running.reverse()) await end(child)
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** The bus ends the hard way, and another begins where it was. */
  async replace(): Promise<void> {
    for (const child of this.#running.splice(0).reverse()) await end(child)
    await rm(join(this.#folder, 'bus'), { force: true })
    this.#running.push(await startBus(join(this.#folder, 'bus.conf')))
  }
}

async function startBus(file: string): Promise<ChildProcess> {
  const args = [`--config-file=${file}`, '--nofork', '--nosyslog', '--print-address']
  const bus = spawn('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(createInterface(bus.stdout), 'line')
  return bus
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** The calls of `Notify` in the log of a mock. A body may have several lines. */
export function notifiedIn(log: string): readonly Notified[] {
  const calls = log.matchAll(/^([\d.]+) Notify "(\w+)" (\d+) "" "(.*?)" "([^]*?)" (\[.*\]) (\{.*\}) (-?\d+)$/gm)
  return [...calls].map(
    ([, seconds, app = '', replaced, title = '', body = '', actions = '', hints = '', expireMs]) => ({
      atMs: Number(seconds) * 1000,
      app,
      replaced: Number(replaced),
      title,
      body,
      actions,
      hints,
      expireMs: Number(expireMs)
    })
  )
}
