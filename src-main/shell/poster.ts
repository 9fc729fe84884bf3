import { Client, type Dispatcher } from 'undici'
import { createConnector } from '../appwrite/connector.ts'
import type { ResolveProxy } from '../appwrite/proxy-routes.ts'
import { systemTrust } from '../appwrite/trust.ts'
import { Failure } from '../core/failure.ts'
import type { Post, Posted, Poster } from '../services/ports.ts'
import { latePostFault, postFault } from './post-faults.ts'

export interface PosterOptions {
  readonly resolveProxy: ResolveProxy
  /** From the first step to the last byte that is read. */
  readonly deadlineMs?: number
}

const maxBodyBytes = 64 * 1024

/**
 * Posts by undici, on a connection of its own each time: messages are rare, and a connection that was kept may be gone.
 * Redirects are not followed, as the address is for its receiver alone. An answer counts from its first line on: what
 * comes after it may be late or too long, but the message has arrived.
 */
export function openPoster({ resolveProxy, deadlineMs = 10_000 }: PosterOptions): Poster {
  const connector = createConnector({
    trust: systemTrust,
    timeoutMs: deadlineMs,
    proxy: { resolve: resolveProxy, trust: systemTrust }
  })
  return {
    async post({ url, headers, body }: Post, signal: AbortSignal): Promise<Posted> {
      const { origin, host, pathname, search } = new URL(url)
      const deadline = AbortSignal.timeout(deadlineMs)
      const either = AbortSignal.any([signal, deadline])
      const client = new Client(origin, { connect: connector.connect, headersTimeout: 0, bodyTimeout: 0 })
      try {
        const asked = {
          path: pathname + search,
          method: 'POST',
          headers: { ...headers },
          body,
          signal: either
        } as const
        return await answered(await client.request(asked))
      } catch (thrown) {
        if (signal.aborted) throw new Failure({ code: 'cancelled', message: 'Cancelled.' })
        throw new Failure(deadline.aborted ? latePostFault(host, deadlineMs) : postFault(thrown, host))
      } finally {
        await client.destroy()
      }
    }
  }
}

async function answered({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Posted> {
  return {
    status: statusCode,
    retryAfterMs: waitIn(single(headers['retry-after'])),
    redirectOrigin: statusCode >= 300 && statusCode < 400 ? originIn(single(headers.location)) : null,
    bodyStart: await startOf(body)
  }
}

async function startOf(body: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      if (!Buffer.isBuffer(chunk)) break
      chunks.push(chunk.subarray(0, maxBodyBytes - size))
      size += chunk.length
      if (size >= maxBodyBytes) break
    }
  } catch {
    // Cut off or too late: what it says in its first line stands.
  }
  return Buffer.concat(chunks).toString()
}

const single = (header: string | string[] | undefined): string =>
  (typeof header === 'string' ? header : header?.[0]) ?? ''

/** Seconds, or a date. */
function waitIn(header: string): number | null {
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000
  const atMs = Date.parse(header)
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - Date.now())
}

function originIn(location: string): string | null {
  return URL.canParse(location) && /^https?:/i.test(location) ? new URL(location).origin : null
}
