import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface Received {
  readonly path: string
  readonly userAgent: string
  readonly body: Readonly<Record<string, unknown>>
}

/** Whoever takes the messages of webhooks, on a port of its own that can go away and come back. */
export interface Receiver {
  readonly port: number
  readonly origin: string
  /** All it ever took, oldest first. */
  readonly received: readonly Received[]
  /** What it answers from now on. */
  answer: number
  down(): Promise<void>
  up(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const sockets = new Set<Socket>()
  let server: Server | null = null
  let port = 0
  const up = async (): Promise<void> => {
    const own = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk: Buffer) => (text += chunk.toString()))
      request.on('end', () => {
        const body = JSON.parse(text) as Received['body']
        const userAgent = request.headers['user-agent'] ?? ''
        received.push({ path: request.url ?? '', userAgent, body })
        // As many do: what it was asked for stands in its answer.
        response.writeHead(receiver.answer).end(`Cannot ${request.method ?? ''} ${request.url ?? ''}`)
      })
    })
    own.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    })
    await new Promise<void>((resolve) => own.listen(port, '127.0.0.1', resolve))
    port = (own.address() as AddressInfo).port // a listening TCP server has no other kind of address
    server = own
  }
  await up()
  const receiver: Receiver = {
    port,
    origin: `http://127.0.0.1:${port}`,
    received,
    answer: 200,
    up: () => (server === null ? up() : Promise.resolve()),
    down: () =>
      new Promise<void>((resolve) => {
        if (server === null) return resolve()
        server.close(() => resolve())
        server = null
        for (const socket of sockets) socket.destroy()
      })
  }
  return receiver
}
