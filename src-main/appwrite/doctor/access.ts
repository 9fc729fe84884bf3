import { checkDraft } from '../../core/connection-draft.ts'
import { Failure } from '../../core/failure.ts'
import type { Answer } from '../answer.ts'
import { errorBodyOf } from '../error-body.ts'
import { replyFault } from '../faults.ts'
import { Health } from '../health.ts'
import { notAppwriteFault } from '../proxy-faults.ts'
import type { Transport } from '../transport.ts'
import type { Finding } from './board.ts'
import type { Case } from './case.ts'
import { everyStatus } from './web.ts'

/** The refusals that a project which exists gives someone without a key. */
const guestRefusals = new Set(['general_unauthorized_scope', 'user_unauthorized'])

/** Step `project`: asked without a key, a server tells a project it does not have from one it has. */
export async function findProject(one: Case, transport: Transport, signal: AbortSignal): Promise<Finding<null>> {
  requireField(one, 'projectId')
  const { projectId } = one
  const credentials = { projectId, apiKey: null }
  const request = { credentials, method: 'GET', path: '/health', accept: everyStatus } as const
  const answer = await transport.request(request, signal)
  if (!isThere(answer)) {
    const asked = transport.asked(credentials, '/health')
    throw new Failure(answer.status < 300 ? notAppwriteFault(asked) : replyFault(answer, asked))
  }
  return { value: null, text: `“${projectId}” is there` }
}

/** Step `key`: the first request of an examination that carries the key, and it goes to this endpoint alone. */
export async function tryKey(one: Case, transport: Transport, signal: AbortSignal): Promise<Finding<null>> {
  requireField(one, 'apiKey')
  const { projectId, apiKey } = one
  await new Health(transport, { projectId, apiKey }).http(signal)
  return { value: null, text: 'accepted' }
}

function requireField({ endpoint, projectId, apiKey }: Case, field: 'projectId' | 'apiKey'): void {
  const check = checkDraft({ name: '', endpoint, projectId, apiKey, environment: 'production' })
  if (!check.ok && check.fault.field === field) throw new Failure(check.fault)
}

function isThere({ status, body }: Answer): boolean {
  return status < 300 ? isObject(body) : guestRefusals.has(errorBodyOf(body)?.type ?? '')
}

function isObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null
}
