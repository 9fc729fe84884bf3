import type { IncomingMessage, ServerResponse } from 'node:http'
import { listenHttp, replying, type Listener } from './listener.ts'
import { listening } from './open.ts'

export interface ArchiveOptions {
  /** A proxy that drops `Range`. */
  readonly ignoresRange?: boolean
  /** How many bytes of a body are sent before the connection is reset; called for each body, `null` for all of them. */
  readonly cutAfter?: (length: number) => number | null
  /** Answers a request instead. */
  readonly instead?: (request: IncomingMessage, response: ServerResponse) => boolean
}

export interface ArchiveServer extends Listener {
  bytes: Buffer
  readonly ranges: () => readonly (string | undefined)[]
}

/** Serves bytes by the rules of Appwrite (API facts §6): no single byte, no open or suffix range, full bodies chunked. */
export async function serveArchive(bytes: Buffer, options: ArchiveOptions = {}): Promise<ArchiveServer> {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (options.instead?.(request, response) === true) return
    const { range } = request.headers
    const headers = {
      'Content-Type': 'application/gzip',
      'Content-Disposition': 'attachment; filename="../../evil.sh"'
    }
    if (range === undefined || options.ignoresRange === true) {
      response.writeHead(200, headers)
      return send(response, server.bytes, options.cutAfter)
    }
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? []
    const [from, to, size] = [Number(start), Number(end), server.bytes.length]
    if (!(from < to && to < size)) {
      const error = { message: 'The requested range is not satisfiable.', code: 416, type: 'storage_invalid_range' }
      return replying(416, JSON.stringify({ ...error, version: '1.9.6' }))(request, response)
    }
    const body = server.bytes.subarray(from, to + 1)
    response.writeHead(206, {
      ...headers,
      'Accept-Ranges': 'bytes',
      'Content-Range': `bytes ${from}-${to}/${size}`,
      'Content-Length': body.length
    })
    send(response, body, options.cutAfter)
  }
  const listener = await listening(listenHttp(answer))
  const server: ArchiveServer = {
    ...listener,
    bytes,
    ranges: () => listener.seen.map(({ headers }) => headers.range)
  }
  return server
}

function send(response: ServerResponse, body: Buffer, cutAfter: ArchiveOptions['cutAfter']): void {
  const cut = cutAfter?.(body.length) ?? null
  if (cut === null) return void response.end(body)
  response.write(body.subarray(0, cut), () => setTimeout(() => response.socket?.resetAndDestroy(), 2))
}
