import type { Simulator } from '../../../src-main/simulator/simulator.ts'
import type { BuildStatus } from '../../../src-main/simulator/world/functions/deployment.ts'
import {
  placeFunction,
  type PlacedDeployment,
  type PlacedExecution,
  type PlacedVariable
} from '../../../src-main/simulator/world/functions/placing.ts'
import type { Recording } from './recordings.ts'

const activeId = 'active-deployment'

/** How the deployment stood that a recording is about, by the recording's name. */
const statuses: readonly (readonly [RegExp, BuildStatus])[] = [
  [/not-built|no-build-yet|not-active|status-waiting|^deployment-get$|^deployment-cancel(-1\.6-path)?$/, 'waiting'],
  [/status-building/, 'building'],
  [/canceled|cancel-again/, 'canceled'],
  [/build-failed|cancel-failed|after-retry|latest-failed|^build-create|duplicate/, 'failed']
]

function statusOf({ name, request, response }: Recording): BuildStatus {
  const { status } = fieldsOf(response.body)
  const told = (['waiting', 'processing', 'building', 'ready', 'failed', 'canceled'] as const).find(
    (one) => one === status
  )
  if (request.method === 'GET' && told !== undefined) return told
  return statuses.find(([form]) => form.test(name.replace('.format-1.5', '')))?.[1] ?? 'ready'
}

/** What the execution a recording is about came from: by how it was read, or by the recording's name. */
function executionOf(id: string, { name, request, response }: Recording): PlacedExecution {
  const { status, responseStatusCode: code } = request.method === 'GET' ? fieldsOf(response.body) : {}
  if (name.includes('scheduled')) return { id, scheduledAtMs: Date.UTC(2030, 0, 1) }
  // Older than the function's timeout, as 1.9 shows it.
  if (name.includes('stale') || (status === 'failed' && code === 0)) {
    return { id, path: '/stale', isWaiting: true, ageMs: 3_600_000 }
  }
  if (name.includes('waiting')) return { id, isWaiting: true, ageMs: 1000 }
  if (name.includes('crash')) return { id, path: '/crash' }
  if (code === 404) return { id, path: '/status/404' }
  return (status === undefined && /fail|code/.test(name)) || status === 'failed' ? { id, path: '/fail' } : { id }
}

/** The fields of a body; a text has none. */
function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

function pathPart(url: string, after: string): string | null {
  return new RegExp(`/${after}/([^/?]+)`).exec(url)?.[1] ?? null
}

/** Whether a recording asks for something that shall not be there. */
const isGone = (id: string | null, name: string): id is null => id === null || id === 'nope' || name.endsWith('-again')

function deploymentsFor(recording: Recording, body: Readonly<Record<string, unknown>>): PlacedDeployment[] {
  const {
    name,
    request: { url }
  } = recording
  if (/list-empty|no-deployment|^function-(get|create)/.test(name) && !/with-deployment|live|latest/.test(name))
    return []
  const named = pathPart(url, 'deployments')
  const inBody = typeof body.deploymentId === 'string' ? body.deploymentId : null
  const asked = named === 'duplicate' || named === null ? inBody : named
  const buildId = pathPart(url, 'builds')
  const active: PlacedDeployment[] = name.includes('not-active') ? [] : [{ id: activeId, status: 'ready' }]
  if (asked === 'nope' || (asked !== null && name.endsWith('delete-again'))) return active
  const isActivating = /activate$|ready|status|download|with-buildId/.test(name)
  const own = { id: asked ?? 'other-deployment', status: statusOf(recording), isActivating }
  return [...active, { ...own, ...(buildId === null || buildId === 'nope' || buildId === 'none' ? {} : { buildId }) }]
}

function variablesFor(name: string, url: string, body: Readonly<Record<string, unknown>>): PlacedVariable[] {
  if (name.includes('list-empty')) return []
  const id = pathPart(url, 'variables')
  // Those in the format of 1.5 were made in it, and it knew no secrets.
  const isSecret = !name.includes('nonsecret') && (!name.includes('format-1.5') || name.includes('secret'))
  const own = isGone(id, name) ? [] : [{ id, key: 'OWN', value: 'own', isSecret }]
  const isTaken = name.includes('duplicate') && !name.includes('custom-id')
  const taken = isTaken && typeof body.key === 'string' ? body.key : null
  const key =
    taken ??
    /key: \\?"([^"\\]+)/.exec(isTaken || name.includes('1.5-form.format') ? String(body.query) : '')?.[1] ??
    'PLAIN'
  if (name.startsWith('variable-create') && !isTaken && !name.includes('custom-id-duplicate')) return own
  return [...own, { id: name.includes('custom-id-duplicate') ? 'myvar' : 'plain', key, value: 'v', isSecret: false }]
}

function executionsFor(recording: Recording): PlacedExecution[] {
  const {
    name,
    request: { url }
  } = recording
  if (name.includes('list-empty')) return []
  const id = pathPart(url, 'executions')
  if (id !== null) return isGone(id, name) ? [] : [executionOf(id, recording)]
  const cursor = /cursorAfter%22%2C%22values%22%3A%5B%22([^%]+)/.exec(url)?.[1]
  if (cursor === 'nope') return [executionOf('listed', recording)]
  const listed = executionOf(cursor ?? 'listed', recording)
  // After a cursor there has to be something.
  return name.startsWith('executions-list') ? [listed, { ...listed, id: 'second' }] : []
}

/** Puts the world of a recording into the first project: what it is about, in the state its name tells. */
export function placeRecorded(simulator: Simulator, recording: Recording): void {
  const { name, request } = recording
  const [project] = simulator.world.projects
  if (project === undefined) return
  const { functions } = project
  functions.clear()
  if (name === 'functions-list-empty') return
  const nowMs = simulator.control.clock().nowMs
  const body = fieldsOf(request.body)
  const isNoLog = request.url.includes('/functions/nolog')
  const place = (functionId: string, isAbout: boolean, more: { isEnabled?: boolean; isLogging?: boolean } = {}) =>
    placeFunction(
      functions,
      {
        functionId,
        name: functionId === 'hello' ? 'Hello' : functionId,
        ...more,
        deployments: isAbout ? deploymentsFor(recording, body) : [],
        executions: isAbout ? executionsFor(recording) : [],
        variables: isAbout ? variablesFor(name, request.url, body) : []
      },
      nowMs
    )
  const isElsewhere = /\/functions\/(extra|nolog)/.test(request.url) && !name.includes('other-function')
  place('hello', !isElsewhere)
  place('extra0', /\/functions\/extra0|\/graphql/.test(request.url) && !name.includes('other-function'))
  place('extra1', false, { isEnabled: false })
  place('extra2', false)
  place('nolog', isNoLog, { isLogging: false })
}
