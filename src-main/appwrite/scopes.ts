import { Failure } from '../core/failure.ts'
import type { Fault } from '../contract/fault.ts'
import {
  executionAttributes,
  functionAttributes,
  messageAttributes,
  providerAttributes,
  targetAttributes,
  topicAttributes,
  userAttributes,
  type Attributes
} from './attributes.ts'
import type { Scope } from './operations.ts'
import type { ProjectClient } from './project-client.ts'
import { query } from './queries.ts'

/** Whether a key has a scope, and how that is known. */
export interface ScopeFinding {
  readonly scope: Exclude<Scope, 'none'>
  readonly state: 'granted' | 'missing' | 'unknown'
  /** In one sentence. */
  readonly reason: string
  /** What the server answered, where it was not a yes. */
  readonly fault: Fault | null
}

type Probed = Extract<
  Scope,
  | 'functions.read'
  | 'execution.read'
  | 'messages.read'
  | 'providers.read'
  | 'topics.read'
  | 'users.read'
  | 'targets.read'
  | 'locale.read'
>

/** The least that answers: one document, or one that is not there. */
const one = <List extends Attributes>(attributes: List) => ({ query: query(attributes).limit(1) })

/** No function and no user has this id, unless somebody means to: scopes are checked before what is asked for is looked up. */
const nothing = 'standby-scope-check'

const probes: Readonly<Record<Probed, (project: ProjectClient, signal: AbortSignal) => Promise<unknown>>> = {
  'functions.read': ({ functions }, signal) => functions.list(one(functionAttributes), signal),
  'execution.read': ({ executions }, signal) => executions.list(nothing, one(executionAttributes), signal),
  'messages.read': ({ messages }, signal) => messages.list(one(messageAttributes), signal),
  'providers.read': ({ recipients }, signal) => recipients.providers(one(providerAttributes), signal),
  'topics.read': ({ recipients }, signal) => recipients.topics(one(topicAttributes), signal),
  'users.read': ({ recipients }, signal) => recipients.users(one(userAttributes), signal),
  'targets.read': ({ recipients }, signal) => recipients.targets(nothing, one(targetAttributes), signal),
  'locale.read': ({ locale }, signal) => locale.continents('', signal)
}

/** Scopes that only a change would prove. */
const unproved = ['functions.write', 'execution.write', 'messages.write'] as const

/** Scopes every valid key has, whatever is ticked on it (API facts §1). */
const implied = ['health.read', 'graphql'] as const

/**
 * What the key of this connection may do, found out by reads alone: no request of this changes anything. Where the
 * server does not take the key at all nothing is found out, and the reason says why: as a guest it might still read
 * some of it. Throws a `Failure` only when it is cancelled.
 */
export async function checkScopes(project: ProjectClient, signal: AbortSignal): Promise<readonly ScopeFinding[]> {
  const asked = Object.keys(probes) as Probed[] // the keys are those of the table
  const refused = await faultOf(project.health.http(signal))
  if (refused !== null) {
    const unknown = { state: 'unknown', reason: unfound(refused), fault: refused } as const
    return [...implied, ...asked, ...unproved].map((scope) => ({ scope, ...unknown }))
  }
  const found = await Promise.all(
    asked.map(async (scope) => finding(scope, await faultOf(probes[scope](project, signal))))
  )
  return [
    ...implied.map((scope) => granted(scope, 'Every valid key has it, whatever is ticked.')),
    ...found,
    ...unproved.map((scope) => ({ scope, state: 'unknown', reason: changeOnly, fault: null }) as const)
  ]
}

const changeOnly = 'Only a change would show it, and a check changes nothing.'

function finding(scope: Probed, fault: Fault | null): ScopeFinding {
  if (fault === null) return granted(scope, 'The server answered a read that needs it.')
  const type = /^HTTP \d+ (\w+):/.exec(fault.detail ?? '')?.[1] ?? ''
  if (type === 'function_not_found' || type === 'user_not_found') {
    return granted(scope, 'The server looked for what is not there, which it does only for a key that has it.')
  }
  return fault.code === 'denied' && type === 'general_unauthorized_scope'
    ? { scope, state: 'missing', reason: 'The server says that the key lacks it.', fault }
    : { scope, state: 'unknown', reason: unfound(fault), fault }
}

function granted(scope: ScopeFinding['scope'], reason: string): ScopeFinding {
  return { scope, state: 'granted', reason, fault: null }
}

function unfound({ message }: Fault): string {
  return `Could not be found out: ${message}`
}

async function faultOf(asked: Promise<unknown>): Promise<Fault | null> {
  try {
    await asked
    return null
  } catch (error) {
    if (error instanceof Failure && error.fault.code !== 'cancelled') return error.fault
    throw error
  }
}
