import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { World } from '../world/world.ts'
import { readBody } from './body.ts'
import { deliver } from './deliver.ts'
import type { Journal } from './journal.ts'
import { readRequest } from './request.ts'
import { responder } from './respond.ts'

/** The API's listener, and the one thing that is done to it from outside. */
export interface ApiServer {
  readonly server: Server
  /** Resets every open connection. */
  readonly resetConnections: () => void
}

export function createApiServer(world: World, journal: Journal): ApiServer {
  const respond = responder(world)
  const sockets = new Set<Socket>()

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readBody(message)
    if (bytes === null) {
      response.writeHead(413, { Server: 'swoole-http-server', Connection: 'close', 'Content-Length': '0' }).end()
      return
    }
    const request = readRequest(message, bytes)
    const note = journal.enter(request)
    const latencyMs = world.troubles.find('latency')?.ms ?? 0
    const answer = respond(request)
    if (answer === 'unanswered') return
    const answerNow = () => {
      note(answer.status)
      deliver(response, request, answer, world)
    }
    const delayMs = latencyMs + (answer.delayMs ?? 0)
    if (delayMs === 0) {
      answerNow()
      return
    }
    const timer = setTimeout(answerNow, delayMs)
    response.once('close', () => clearTimeout(timer))
  }

  const server = createServer((message, response) => {
    // A sender that left before its request was whole is owed nothing.
    serve(message, response).catch(() => message.destroy())
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
