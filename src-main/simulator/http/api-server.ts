import { createServer, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { World } from '../world/world.ts'
import type { Answer } from './answer.ts'
import type { Journal } from './journal.ts'
import { headerOf, readRequest, type ApiRequest } from './request.ts'
import { responder } from './respond.ts'

/** The API's listener, and the one thing that is done to it from outside. */
export interface ApiServer {
  readonly server: Server
  /** Resets every open connection. */
  readonly resetConnections: () => void
}

function send(response: ServerResponse, request: ApiRequest, answer: Answer, nowMs: number): void {
  const isZipped = answer.body !== '' && /\bgzip\b/.test(headerOf(request, 'accept-encoding') ?? '')
  const body = isZipped ? gzipSync(answer.body, { level: 6 }) : Buffer.from(answer.body)
  response.writeHead(answer.status, {
    ...answer.headers,
    // The server's date is that of its own clock.
    Date: new Date(nowMs).toUTCString(),
    ...(isZipped ? { 'Content-Encoding': 'gzip' } : {}),
    ...(request.method === 'HEAD' ? {} : { 'Content-Length': String(body.length) })
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

export function createApiServer(world: World, journal: Journal): ApiServer {
  const respond = responder(world)
  const sockets = new Set<Socket>()
  const server = createServer((message, response) => {
    // Bodies are not read by any route yet, but must be taken off the connection.
    message.resume()
    const request = readRequest(message)
    const note = journal.enter(request)
    const latencyMs = world.troubles.find('latency')?.ms ?? 0
    const answer = respond(request)
    const answerNow = () => {
      note(answer.status)
      send(response, request, answer, world.clock.nowMs())
    }
    const delayMs = latencyMs + (answer.delayMs ?? 0)
    if (delayMs === 0) {
      answerNow()
      return
    }
    const timer = setTimeout(answerNow, delayMs)
    response.once('close', () => clearTimeout(timer))
  })
  // Appwrite's web server keeps connections open and says nothing about for how long.
  server.keepAliveTimeout = 0
  server.on('connection', (socket: Socket) => {
    if (world.troubles.find('cut') !== null) {
      journal.noteCut()
      socket.resetAndDestroy()
      return
    }
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return {
    server,
    resetConnections: () => {
      for (const socket of sockets) socket.resetAndDestroy()
    }
  }
}
