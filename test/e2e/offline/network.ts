import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const simulatorScript = resolve(import.meta.dirname, '../../../out/main/simulator.js')
const farScript = resolve(import.meta.dirname, 'far-machine.mjs')
const near = '10.77.0.1'
const far = '10.77.0.2'

/** A server on another machine, at the other end of this namespace's only cable. */
export interface FarMachine {
  readonly endpoint: string
  readonly projectId: string
  readonly apiKey: string
  /** Closes the server's port; the machine and the cable stay. */
  refuse(): void
  /** Removes the machine and the cable. */
  remove(): Promise<void>
}

/** Runs `ip` with these words; needs the namespace that `npm run e2e` makes. */
export function ip(words: string): void {
  execFileSync('ip', words.split(' '), { stdio: 'inherit' })
}

/** Adds another machine with a simulator, and the interface `away` that leads to it. */
export async function addFarMachine(): Promise<FarMachine> {
  const inside = ['--net', '--', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh']
  const server = [process.execPath, farScript, simulatorScript, '--version', '1.5.11', '--seed', '7']
  const child = spawn('unshare', [...inside, ...server], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const { projectId, apiKey, port } = JSON.parse(line) as { projectId: string; apiKey: string; port: number }
  const { pid } = child
  if (pid === undefined) throw new Error('the far machine did not start')
  ip(`link add away type veth peer name far netns ${pid}`)
  ip(`address add ${near}/24 dev away`)
  ip('link set away up')
  const there = (words: string) =>
    execFileSync('nsenter', [`--net=/proc/${pid}/ns/net`, 'ip', ...words.split(' ')], { stdio: 'inherit' })
  there(`address add ${far}/24 dev far`)
  there('link set far up')
  return {
    endpoint: `http://${far}:${port}/v1`,
    projectId,
    apiKey,
    refuse: () => void child.stdin.write('refuse\n'),
    remove: async () => {
      child.stdin.end()
      await exited
    }
  }
}
