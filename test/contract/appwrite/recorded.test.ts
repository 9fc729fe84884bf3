import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Health } from '../../../src-main/appwrite/health.ts'
import { Failure } from '../../../src-main/core/failure.ts'
import type { Fault } from '../../../src-main/contract/fault.ts'
import { listenHttp, never } from './listener.ts'
import { closing, listening } from './open.ts'
import { ServerClient } from '../../../src-main/appwrite/client.ts'

interface Exchange {
  readonly request: { readonly method: string; readonly url: string; readonly key: string | null }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string | string[]>>
    readonly body: unknown
  }
}

const root = new URL('../../../../shared/api/recorded/', import.meta.url)
const versions = ['1.5.11', '1.7.5', '1.9.6']
const isThere = existsSync(root)

/** The method of the client whose question a recorded exchange is, told by its path. */
function askFor(url: URL): ((health: Health) => Promise<unknown>) | null {
  const path = url.pathname.replace(/^\/v1/, '').replace(/\/$/, '')
  const fixed: Readonly<Record<string, (health: Health) => Promise<unknown>>> = {
    '/health': (health) => health.http(never),
    '/health/version': (health) => health.version(never),
    '/health/db': (health) => health.db(never),
    '/health/cache': (health) => health.cache(never),
    '/health/queue': (health) => health.queue(never),
    '/health/pubsub': (health) => health.pubsub(never),
    '/health/storage': (health) => health.storage(never),
    '/health/storage/local': (health) => health.storageLocal(never),
    '/health/time': (health) => health.time(never),
    '/health/anti-virus': (health) => health.antiVirus(never),
    '/health/certificate': (health) => health.certificate(url.searchParams.get('domain') ?? '', never)
  }
  if (Object.hasOwn(fixed, path)) return fixed[path] ?? null
  if (path.startsWith('/health/queue/failed/')) return (health) => health.failed('mails', never)
  // Any other path is put as a depth: what counts is the reply.
  return (health) => health.depth('mails', never)
}

/** What a status and type of the recorded servers must come to; `null` is a value. */
function expected({ response: { status, body } }: Exchange, url: URL): Fault['code'] | null {
  const type = typeof body === 'object' && body !== null && 'type' in body ? body.type : null
  const isQueue = url.pathname.startsWith('/v1/health/queue/')
  if (status === 200) return null
  if (type === 'health_queue_size_exceeded') return isQueue ? null : 'server'
  if (type === 'project_not_found' || type === 'project_id_missing') return 'missing'
  if (type === 'general_route_not_found' || (status === 404 && typeof body === 'string')) return 'unsupported'
  if (type === 'health_invalid_host') return 'server'
  if (status === 401 || status === 403) return 'denied'
  if (status === 400) return 'invalid'
  return status >= 500 ? 'server' : 'defect'
}

describe.skipIf(!isThere)('replies recorded from real servers (skipped when the recordings are not there)', () => {
  it.each(isThere ? versions : [])(
    '%s: each health reply decodes to a value or comes to its fault',
    async (version) => {
      const folder = new URL(`${version}/`, root)
      const names = readdirSync(folder).filter(
        (name) => /^(.*-)?health.*\.json$/.test(name) && !name.startsWith('graphql')
      )
      let current: Exchange['response'] = { status: 500, headers: {}, body: '' }
      const server = await listening(
        listenHttp((_, response) => {
          const isText = typeof current.body === 'string'
          const headers = Object.entries(current.headers).filter(
            ([name]) => !/^(content-length|connection|date|transfer-encoding)$/i.test(name)
          )
          response.writeHead(current.status, Object.fromEntries(headers))
          response.end(isText ? current.body : JSON.stringify(current.body))
        })
      )
      const client = closing(new ServerClient({ endpoint: server.endpoint }))
      const wrong: unknown[] = []
      let replayed = 0
      for (const name of names) {
        const exchange = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Exchange // the recordings' own format
        const url = new URL(exchange.request.url)
        const ask = askFor(url)
        if (ask === null || exchange.request.method !== 'GET' || !url.pathname.startsWith('/v1/health')) continue
        current = exchange.response
        replayed += 1
        const apiKey = exchange.request.key === null ? null : 'a-key-of-the-test'
        const outcome = await codeOf(ask(client.health({ projectId: 'desk-test', apiKey })))
        if (outcome !== expected(exchange, url)) wrong.push({ name, outcome, expected: expected(exchange, url) })
      }
      expect(wrong).toEqual([])
      expect(replayed).toBeGreaterThan(80)
    }
  )
})

async function codeOf(promise: Promise<unknown>): Promise<Fault['code'] | null> {
  try {
    await promise
    return null
  } catch (error) {
    if (error instanceof Failure) return error.fault.code
    throw error
  }
}
