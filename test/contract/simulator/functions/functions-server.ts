import { afterEach, expect } from 'vitest'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../src-main/simulator/simulator.ts'
import { ask, type Reply } from '../ask.ts'

/** 3 in the morning, when the demo begins. */
export const nightMs = Date.UTC(2026, 10, 24, 3)

type Query = Readonly<Record<string, unknown>>

const open: Simulator[] = []

/** Closes every simulator when a test is over; for the top of a test file. */
export function closeAfterEach(): void {
  afterEach(async () => {
    await Promise.all(open.splice(0).map((simulator) => simulator.close()))
  })
}

export async function startAtNight(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ seed: 7, startMs: nightMs, isFrozen: true, ...options })
  open.push(simulator)
  return simulator
}

/** A path with query strings as an SDK writes them. */
export function withQueries(path: string, ...queries: Query[]): string {
  const texts = queries.map((query, at) => `queries[${at}]=${encodeURIComponent(JSON.stringify(query))}`)
  return `${path}${path.includes('?') ? '&' : '?'}${texts.join('&')}`
}

/** One request as the first project with its full key; `body` is sent as JSON. */
export function send(
  simulator: Simulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {}
): Promise<Reply> {
  const own = { 'X-Appwrite-Project': simulator.projectId, 'X-Appwrite-Key': simulator.apiKey, ...headers }
  return ask(`${simulator.endpoint}${path}`, {
    method,
    headers: body === undefined ? own : { ...own, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
}

type Fields = Readonly<Record<string, unknown>>

/** Status and fields of a reply; a reply without a body has none. */
export async function fields(reply: Promise<Reply>): Promise<Fields & { readonly status: number }> {
  const { status, body } = await reply
  // The server's own `status` field would hide the code.
  const parsed = body === '' ? {} : (JSON.parse(body) as Fields)
  return { ...parsed, ...('status' in parsed ? { state: parsed.status } : {}), status }
}

/** The rows of a list. */
export async function rows(simulator: Simulator, path: string, name: string): Promise<readonly Fields[]> {
  const { body } = await send(simulator, 'GET', path)
  // Lists have their rows under their own name.
  const list = (JSON.parse(body) as Fields)[name]
  if (!Array.isArray(list)) throw new Error(`No list "${name}" in ${body.slice(0, 200)}`)
  return list as readonly Fields[]
}

/** Stands for any text that holds another, where a pattern could not say it: control characters. */
export const holding = (text: string): unknown => expect.stringContaining(text)
