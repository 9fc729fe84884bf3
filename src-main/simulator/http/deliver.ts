import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { World } from '../world/world.ts'
import type { Answer } from './answer.ts'
import { headerOf, type ApiRequest } from './request.ts'

/** One byte at a time, until the reader has had enough of it. */
function drip(response: ServerResponse, body: Buffer, msPerByte: number): void {
  let at = 0
  const timer = setInterval(() => {
    response.write(body.subarray(at, at + 1))
    at++
    if (at < body.length) return
    clearInterval(timer)
    response.end()
  }, msPerByte)
  response.once('close', () => clearInterval(timer))
}

/** Puts an answer on the wire: date, compression, length or chunks, and the troubles of a body. */
export function deliver(response: ServerResponse, request: ApiRequest, answer: Answer, world: World): void {
  const { leastZippedBytes, zippedHeaders } = world.version
  const plain = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body
  const isZipped =
    typeof answer.body === 'string' &&
    plain.length > leastZippedBytes &&
    /\bgzip\b/.test(headerOf(request, 'accept-encoding') ?? '')
  const body = isZipped ? gzipSync(plain, { level: 6 }) : plain
  const isHead = request.method === 'HEAD'
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, [value].flat()] as const)
  response.writeHead(answer.status, {
    ...Object.fromEntries(headers),
    // The server's date is that of its own clock.
    Date: new Date(world.clock.nowMs()).toUTCString(),
    ...(isZipped ? { 'Content-Encoding': 'gzip', ...zippedHeaders } : {}),
    ...(isHead || answer.isChunked === true ? {} : { 'Content-Length': String(body.length) })
  })
  if (isHead || body.length === 0) {
    response.end()
    return
  }
  if (answer.isCutShort === true) {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy())
    return
  }
  const slow = world.troubles.find('slow-drip')
  if (slow === null) response.end(body)
  else drip(response, body, slow.msPerByte)
}
