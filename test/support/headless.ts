import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import type { SweepRow } from '../../src-main/contract/queues.ts'
import type { Order } from '../../src-main/headless/order.ts'

// The rig is plain JavaScript, which this folder's compiler does not read: this type is its seam.
const rig = '../../resources/dev/build.mjs'
const { ensureHeadlessBuilt } = (await import(rig)) as { readonly ensureHeadlessBuilt: () => Promise<string> }

export interface SweepLine {
  readonly kind: 'sweep'
  readonly serverId: string
  readonly rows: readonly SweepRow[]
}

export interface EndLine {
  readonly kind: 'end'
  readonly cpuMs: number
  readonly requestsPerMinute: number
  readonly late: Readonly<
    Record<string, { readonly runs: number; readonly p50: number; readonly p99: number; readonly max: number }>
  >
}

export interface Headless {
  readonly process: ChildProcess
  readonly lines: Interface
  /** Resolves when the process has ended and all it printed was heard. */
  readonly ended: Promise<unknown>
}

/** The engine without a window, in a process of its own. */
export async function startHeadless(order: Order): Promise<Headless> {
  const child = spawn(process.execPath, [await ensureHeadlessBuilt()], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(order))
  const lines = createInterface(child.stdout)
  return { process: child, lines, ended: Promise.all([once(child, 'exit'), once(lines, 'close')]) }
}
