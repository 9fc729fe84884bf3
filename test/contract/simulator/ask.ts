import { Agent, request } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { expect } from 'vitest'
import type { Simulator } from '../../../src-main/simulator/simulator.ts'

/** A reply with everything that was on the wire. */
export interface Reply {
  readonly status: number
  /** Names in the case they were sent in; several values of one name are joined. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly elapsedMs: number
}

export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** One request over a connection of its own, kept alive as a client's would be; rejects when the connection fails. */
export function ask(url: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Reply> {
  const agent = new Agent({ keepAlive: true })
  const startMs = performance.now()
  const reply = new Promise<Reply>((resolve, reject) => {
    // Node frames the body of a DELETE only when its length is said.
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
    const sent = request(url, { method, headers: { ...headers, ...length }, agent }, (message) => {
      const chunks: Buffer[] = []
      message.on('data', (chunk: Buffer) => chunks.push(chunk))
      message.once('error', reject)
      message.once('end', () => {
        const found: Record<string, string> = {}
        message.rawHeaders.forEach((name, at) => {
          if (at % 2 === 1) return
          const value = message.rawHeaders[at + 1] ?? ''
          found[name] = name in found ? `${found[name] ?? ''}, ${value}` : value
        })
        const bytes = Buffer.concat(chunks)
        const text = (found['Content-Encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8')
        resolve({
          status: message.statusCode ?? 0,
          headers: found,
          body: text,
          elapsedMs: performance.now() - startMs
        })
      })
    })
    sent.once('error', reject)
    sent.end(body)
  })
  return reply.finally(() => agent.destroy())
}

/** Asks for a path under `/v1` as the first project with its full key. */
export function askAs(simulator: Simulator, path: string, headers: Record<string, string> = {}): Promise<Reply> {
  return ask(`${simulator.endpoint}${path}`, {
    headers: { 'X-Appwrite-Project': simulator.projectId, 'X-Appwrite-Key': simulator.apiKey, ...headers }
  })
}

/** Status and parsed body, for one look at the whole. */
export async function told(reply: Promise<Reply>): Promise<{ status: number; body: unknown }> {
  const { status, body } = await reply
  return { status, body: JSON.parse(body) as unknown }
}

/** Stands for any text of a form in an expected value. */
export const like = (form: RegExp): unknown => expect.stringMatching(form)

/** Speaks to the control route. */
export function command(simulator: Simulator, method: string, verb: string, body?: unknown) {
  return told(
    ask(`${simulator.controlUrl}${verb}`, body === undefined ? { method } : { method, body: JSON.stringify(body) })
  )
}
