import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import type { Fault } from '../../../src-main/contract/fault.ts'
import { Failure } from '../../../src-main/core/failure.ts'

export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
}

/** A real server on a loopback port, with a record of what reached it. */
export interface Listener {
  readonly port: number
  /** As a transport wants it, with `/v1`. */
  readonly endpoint: string
  readonly seen: readonly Seen[]
  /** Connections ever opened, also those that never sent a request. */
  readonly connections: () => number
  readonly openConnections: () => number
  readonly bytesReceived: () => number
  close(): Promise<void>
}

export const fixture = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`fixtures/test-only-${name}.pem`, import.meta.url)), 'utf8')

/** A key as 1.6 and later make them; no reply, error or model may ever show it. */
export const apiKey = `standard_${'0123456789abcdef'.repeat(15)}feedfacecafebeef`

export const credentials = { projectId: 'desk-test', apiKey }

/** A signal for tests that abort nothing. */
export const never = new AbortController().signal

export async function listenHttp(answer: RequestListener): Promise<Listener> {
  const seen: Seen[] = []
  return open(createServer(recording(seen, answer)), 'http', seen)
}

/** A listener with TLS, and what came through the encryption. */
export interface SecureListener extends Listener {
  /** Of HTTP, whether or not they made a request. */
  readonly secureBytes: () => number
  /** From the next connection on. */
  present(certificate: string): void
}

/** Shows this certificate, with the chain its file holds. */
export async function listenHttps(certificate: string, answer: RequestListener): Promise<SecureListener> {
  const seen: Seen[] = []
  const contextOf = (name: string) => ({ key: fixture('key'), cert: fixture(name) })
  const server = createSecureServer(contextOf(certificate), recording(seen, answer))
  let bytes = 0
  server.on('secureConnection', (socket: TLSSocket) => {
    socket.on('data', (chunk: Buffer) => (bytes += chunk.length))
  })
  const listener = await open(server, 'https', seen)
  return { ...listener, secureBytes: () => bytes, present: (name) => server.setSecureContext(contextOf(name)) }
}

export async function listenRaw(onConnection: (socket: Socket) => void): Promise<Listener> {
  return open(createSocketServer(onConnection), 'http', [])
}

/** Answers every request with this status, body and headers. */
export function replying(status: number, body: string | Buffer, headers: Record<string, string | string[]> = {}) {
  return (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body)
  }
}

/** The fault a promise fails with; anything but a `Failure` is thrown on, a success fails the test. */
export async function faultFrom(promise: Promise<unknown>): Promise<Fault> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Failure) return error.fault
    throw error
  }
  throw new Error('succeeded, though a fault was expected')
}

function recording(seen: Seen[], answer: RequestListener): RequestListener {
  return (request, response) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers })
    answer(request, response)
  }
}

async function open(server: Server, scheme: string, seen: readonly Seen[]): Promise<Listener> {
  const sockets = new Set<Socket>()
  let count = 0
  let bytes = 0
  server.on('connection', (socket: Socket) => {
    count += 1
    sockets.add(socket)
    socket.on('data', (chunk) => (bytes += chunk.length))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a listening TCP server has no other kind of address
  return {
    port,
    endpoint: `${scheme}://127.0.0.1:${port}/v1`,
    seen,
    connections: () => count,
    openConnections: () => sockets.size,
    bytesReceived: () => bytes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      })
  }
}
