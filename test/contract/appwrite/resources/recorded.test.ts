import { describe, expect, it } from 'vitest'
import { Failure } from '../../../../src-main/core/failure.ts'
import type { Fault } from '../../../../src-main/contract/fault.ts'
import { projectOn, type Got } from './asking.ts'
import type { Operation } from '../../../../src-main/appwrite/offers.ts'
import { calls, operationOf, someArguments } from './calls.ts'
import { areThere, recordedVersions, recordingsOf, type Recording } from './recordings.ts'
import { wireDeployment } from './wire.ts'

type Outcome = Fault['code'] | 'value'

/** What is expected otherwise than by status and type, and why. */
const exceptions: readonly (readonly [recording: RegExp, outcome: Outcome, reason: string])[] = [
  [
    /^1\.[79].*\/deployments-list-search$/,
    'unsupported',
    'refused before it is sent: servers from 1.7 on fail over it'
  ],
  [/^1\.[79].*\/executions-list-search/, 'unsupported', 'refused before it is sent: servers from 1.7 on ignore it'],
  [/^1\.9.*\/deployments-list-select/, 'server', 'a deployment without most of its fields; select is never sent'],
  [/\/execution-create-accept-multipart$/, 'server', 'JSON is asked for, so multipart is not what was asked for'],
  [
    /\/deployment-download-range(-0-1|-open)?$/,
    'server',
    'one part out of a conversation: here other parts are asked for'
  ],
  [/\/gzip-(1025|large)$/, 'server', 'the recorder kept only the size of the packed body']
]

/** Replies whose request this client never makes, read as the reply of another operation that has the same model. */
const readAs: readonly (readonly [form: RegExp, operation: Operation])[] = [
  [/^(POST|PUT|DELETE) \/functions(\/[^/]+)?$/, 'GET /functions/{functionId}'],
  [/^POST \/functions\/[^/]+\/deployments$/, 'GET /functions/{functionId}/deployments/{deploymentId}'],
  [/^PATCH \/messaging\/messages\/push\/[^/]+$/, 'GET /messaging/messages/{messageId}'],
  [/build\/download$/, 'GET /functions/{functionId}/deployments/{deploymentId}/download'],
  [/^GET \/health\/queue\/(screenshots|stats-usage-dump)$/, 'GET /health/queue/mails'],
  [/^GET \/health\/db\/$/, 'GET /health/db'],
  [
    /^(GET \/nope(\/nope)?|POST \/health|GET \/health\/(stats|audits-db|console-pausing)|GET \/project\/usage)$/,
    'GET /users'
  ]
]

/** Replies there is nothing to read with. */
const notOurs: readonly (readonly [name: RegExp, reason: string])[] = [
  [/^function-delete$/, 'an empty reply, and functions are never deleted'],
  [/^options-|^head-/, 'no such methods are sent'],
  [/^ping$/, 'asking would mark the project as seen in its console'],
  [/^versions$/, 'lies outside of /v1; the connection doctor reads it, with tests of its own'],
  [/^topic-create/, 'topics are only listed'],
  [/^message-logs/, 'gone after 1.9.6, and the message itself says what became of it']
]

function expected({ name, version, request, response: { status, body } }: Recording): Outcome {
  const exception = exceptions.find(([form]) => form.test(`${version}/${name}`))
  if (exception !== undefined) return exception[1]
  const type = typeof body === 'object' && body !== null && 'type' in body ? String(body.type) : ''
  if (status < 300) return 'value'
  if (type === 'health_queue_size_exceeded') return request.url.includes('/health/queue/') ? 'value' : 'server'
  if (type === 'project_id_missing') return 'missing'
  if (type === 'health_invalid_host') return 'server'
  if (type === 'general_route_not_found') return 'unsupported'
  if (status === 404) return typeof body === 'string' ? 'unsupported' : 'missing'
  if (status === 401 || status === 403) return 'denied'
  if (status === 408) return 'timeout'
  if (status === 409) return 'conflict'
  return status >= 500 ? 'server' : 'invalid'
}

function say({ response }: Recording, operation: Operation, got: Got) {
  // Calls of several requests ask around first; the recorded reply is for the one that does what the call is for.
  if (got.method === 'GET' && !operation.startsWith('GET')) {
    const source = wireDeployment({ resourceId: 'hello', $id: 'nope', buildId: 'b1' })
    return got.path.endsWith('/deployments')
      ? { body: { total: 1, deployments: [source] } }
      : { body: { ...source, $id: got.path.split('/').at(-1), resourceId: got.path.split('/')[2] } }
  }
  const headers = Object.fromEntries(
    Object.entries(response.headers)
      .filter(([name]) => /^(content-type|x-debug-speed|server|www-authenticate)$/i.test(name))
      .map(([name, value]) => [name, String(value)])
  )
  return { status: response.status, body: response.status === 204 ? undefined : response.body, headers }
}

describe.skipIf(!areThere)('replies recorded from real servers (skipped when the recordings are not there)', () => {
  it.each(areThere ? recordedVersions : [])(
    '%s: every reply decodes to a value or comes to its fault',
    async (version) => {
      let current: { readonly recording: Recording; readonly operation: Operation } | null = null
      const { project } = await projectOn((got) => current && say(current.recording, current.operation, got), version)
      const wrong: unknown[] = []
      let replayed = 0
      let compared = 0
      for (const recording of recordingsOf(version)) {
        if (notOurs.some(([form]) => form.test(recording.name))) continue
        const { request } = recording
        const url = new URL(request.url)
        const asked = `${request.method} ${url.pathname.replace(/^\/v1/, '')}`
        const other = readAs.find(([form]) => form.test(asked))
        const found = other === undefined ? operationOf(asked) : { operation: other[1], params: {} }
        if (found === null) {
          wrong.push([recording.name, asked, 'is of no operation'])
          continue
        }
        current = { recording, operation: found.operation }
        replayed += 1
        const args = {
          ...someArguments,
          functionId: 'hello',
          ...found.params,
          search: url.searchParams.get('search') ?? undefined,
          domain: url.searchParams.get('domain') ?? '',
          batch: Array.isArray(request.body) ? request.body.length : null
        }
        const { value, ...outcome } = await outcomeOf(calls[found.operation](project, args))
        if (outcome.code !== expected(recording)) wrong.push([recording.name, outcome, expected(recording)])
        const sent = idsIn(recording.response.body, '$id')
        if (outcome.code !== 'value' || sent.length === 0) continue
        compared += 1
        expect([recording.name, idsIn(value, 'id')]).toEqual([recording.name, sent])
        expect(JSON.stringify(value)).not.toMatch(/argon2|hashOptions|credentials/)
      }
      expect(wrong).toEqual([])
      expect(replayed).toBeGreaterThan(300)
      expect(compared).toBeGreaterThan(60)
    }
  )
})

async function outcomeOf(promise: Promise<unknown>): Promise<{ code: Outcome; message?: string; value?: unknown }> {
  try {
    return { code: 'value', value: await promise }
  } catch (error) {
    if (error instanceof Failure) return { code: error.fault.code, message: error.fault.message }
    throw error
  }
}

/** The ids of the documents a reply is or lists, in order; of GraphQL's answers and of what has none, nothing. */
function idsIn(reply: unknown, name: string): readonly unknown[] {
  if (typeof reply !== 'object' || reply === null) return []
  const of = (one: unknown): unknown => (typeof one === 'object' && one !== null ? Reflect.get(one, name) : undefined)
  if (of(reply) !== undefined) return [of(reply)]
  const lists: readonly unknown[] = Array.isArray(reply) ? [reply] : Object.values(reply)
  const documents: readonly unknown[] = lists.find((list) => Array.isArray(list)) ?? []
  return documents.map(of).filter((id) => id !== undefined)
}
