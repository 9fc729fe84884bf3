import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { World } from '../world/world.ts'
import type { Answer } from './answer.ts'
import { headerOf, type ApiRequest } from './request.ts'

/** Puts an answer on the wire: date, compression, length or chunks. */
export function deliver(response: ServerResponse, request: ApiRequest, answer: Answer, world: World): void {
  const plain = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body
  const isZipped =
    typeof answer.body === 'string' &&
    plain.length > world.version.leastZippedBytes &&
    /\bgzip\b/.test(headerOf(request, 'accept-encoding') ?? '')
  const body = isZipped ? gzipSync(plain, { level: 6 }) : plain
  const isHead = request.method === 'HEAD'
  response.writeHead(answer.status, {
    ...answer.headers,
    // The server's date is that of its own clock.
    Date: new Date(world.clock.nowMs()).toUTCString(),
    ...(isZipped ? { 'Content-Encoding': 'gzip', ...world.version.zippedHeaders } : {}),
    ...(isHead || answer.isChunked === true ? {} : { 'Content-Length': String(body.length) })
  })
  response.end(isHead ? undefined : body)
}
