import { isIP, type Socket } from 'node:net'
import type { Peer } from './dial.ts'
import { ProxyFailure } from './proxy-failure.ts'

/** Above any answer to CONNECT with its headers. */
const maxAnswerBytes = 16 * 1024

/**
 * Asks the proxy at the other end of `socket` for a tunnel to `target`. Resolves when bytes go straight through. Rejects
 * with a `ProxyFailure`, or the signal's reason; the socket is then destroyed. No key is in what the proxy is told.
 */
export function openTunnel(socket: Socket, proxy: string, target: Peer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const settle = (error: Error | null): void => {
      socket.off('data', onData).off('error', onEnd).off('close', onEnd)
      signal.removeEventListener('abort', onAbort)
      if (error === null) return resolve()
      socket.destroy()
      reject(error)
    }
    const onAbort = (): void => settle(signal.reason as Error) // an AbortError, or what the caller put there
    const onEnd = (): void => settle(new ProxyFailure('connection', proxy, 'ECONNRESET', 'closed before its answer'))
    const onData = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk])
      const end = received.indexOf('\r\n\r\n')
      if (end === -1) {
        if (received.length > maxAnswerBytes) settle(strange(proxy, received))
        return
      }
      const status = /^HTTP\/1\.[01] (\d{3})(?: |\r)/.exec(received.toString('latin1', 0, 32))?.[1]
      if (status === undefined) return settle(strange(proxy, received))
      if (!status.startsWith('2')) {
        return settle(new ProxyFailure('answer', proxy, `PROXY_${status}`, `CONNECT answered ${status}`))
      }
      const rest = received.subarray(end + 4)
      socket.pause()
      if (rest.length > 0) socket.unshift(rest)
      settle(null)
    }
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    socket.on('data', onData).on('error', onEnd).on('close', onEnd)
    const place = placeOf(target)
    socket.write(`CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\nProxy-Connection: keep-alive\r\n\r\n`)
  })
}

/** As a proxy and a URL write it: `host:port`, an IPv6 address in brackets. */
export function placeOf({ hostname, port }: Peer): string {
  return `${isIP(hostname) === 6 ? `[${hostname}]` : hostname}:${port}`
}

function strange(proxy: string, received: Buffer): ProxyFailure {
  return new ProxyFailure('protocol', proxy, 'PROXY_PROTOCOL', received.toString('latin1', 0, 80))
}
