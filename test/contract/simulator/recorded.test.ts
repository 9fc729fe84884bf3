import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import type { Trouble } from '../../../src-main/simulator/world/troubles.ts'
import { ask } from './ask.ts'
import { areThere, recordings, type Recording } from './recordings.ts'

/** About routes that the simulator does not have yet. */
const ofOtherResources = ['health-origin-other-nokey']
const names = /^(health|head-|options-|route-not-found|method-not-found|queue-|db-restarted|db-down|redis-)/
const cases = recordings((name) => names.test(name) && !ofOtherResources.includes(name))

const special: Readonly<Record<string, Trouble>> = {
  'health-time-diff2': { kind: 'time-off', seconds: 2 },
  'health-time-gap-error': { kind: 'time-off', seconds: 3600 },
  'health-anti-virus-enabled-offline': { kind: 'check-fail', check: 'anti-virus' }
}

/** The state of the server behind a recording. */
function troubleOf(name: string): Trouble[] {
  const found = special[name]
  if (found !== undefined) return [found]
  if (name.startsWith('db-down')) return [{ kind: 'database-down' }]
  if (/^redis-(down|restarted)/.test(name)) return [{ kind: 'redis-down' }]
  const queue = (['builds', 'deletes', 'functions', 'logs', 'usage', 'webhooks'] as const).find((candidate) =>
    name.endsWith(`queue-${candidate}-threshold-1`)
  )
  return queue === undefined ? [] : [{ kind: 'flood', queue, jobs: 9 }]
}

describe.skipIf(!areThere)('what Appwrite 1.5.11 was seen to answer (skipped without ../shared/api/recorded)', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7 })
  })
  afterEach(() => simulator.control.undo('all'))
  afterAll(() => simulator.close())

  /** The recorded world's names in ours. */
  function ours(text: string): string {
    return text
      .replaceAll('http://127.0.0.1:18765/v1', simulator.endpoint)
      .replaceAll('desk-test', simulator.projectId)
      .replaceAll('Desk Test', simulator.projects[0]?.name ?? '')
      .replaceAll('good.example.com', 'appwrite.example.com')
  }

  function keyOf({ request }: Recording): Record<string, string> {
    const [project] = simulator.projects
    const keys: Record<string, string | undefined> = {
      full: project?.apiKey,
      expired: project?.expiredKey,
      'locale-only': project?.narrowKey,
      invalid: 'f'.repeat(256)
    }
    if (request.key === null) return {}
    const key = keys[request.key]
    if (key === undefined) throw new Error(`No key for "${request.key}".`)
    return { 'X-Appwrite-Key': key }
  }

  it('has recordings to be compared with', () => {
    expect(cases.length).toBeGreaterThan(90)
  })

  it.each(cases.map((recording) => [recording.name, recording] as const))('%s', async (name, recording) => {
    for (const trouble of troubleOf(name)) simulator.control.start(trouble)
    const { request, response } = recording
    const headers = Object.entries(request.headers).map(([header, value]) => [header, ours(value)] as const)
    const reply = await ask(ours(request.url), {
      method: request.method,
      headers: { ...Object.fromEntries(headers), ...keyOf(recording) },
      ...(request.body === null ? {} : { body: JSON.stringify(request.body) })
    })
    expect(reply.status).toBe(response.status)
    const recorded = typeof response.body === 'string' ? response.body : JSON.stringify(response.body)
    expect(constant(reply.body)).toEqual(constant(ours(recorded)))
    expect(varying(reply.headers)).toEqual(varying(response.headers))
    expect(reply.headers['Content-Length'] ?? '').toMatch(request.method === 'HEAD' ? /^$/ : /^\d+$/)
    if (name === 'db-down-health-cache') expect(reply.elapsedMs).toBeGreaterThan(3900)
  })
})

const changing = ['size', 'remoteTime', 'localTime', 'validFrom', 'validTo', 'issuerOrganisation']

/** A body without what depends on the moment: sizes and times, of which the type stays. Pages are read as text. */
function constant(body: string): unknown {
  if (body.startsWith('<')) {
    return body
      .replace(/<(script|style)[^>]*>.*?<\/\1>/g, ' ')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  }
  if (body === '') return ''
  return JSON.parse(body, (key, value: unknown) => {
    if (changing.includes(key)) return Number.isInteger(value) ? '<integer>' : `<${typeof value}>`
    return key === 'message' ? String(value).replace(/Current size is \d+/, 'Current size is <size>') : value
  }) as unknown
}

/** All headers, with those values replaced by their form that depend on the moment or the body. */
function varying(headers: Readonly<Record<string, string>>): Record<string, string> {
  const forms: Record<string, RegExp> = {
    Date: /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/,
    'X-Debug-Speed': /^0\.\d{3,}$/,
    'Content-Length': /^\d+$/
  }
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      forms[name]?.test(value) === true ? '<as it should be>' : value
    ])
  )
}
