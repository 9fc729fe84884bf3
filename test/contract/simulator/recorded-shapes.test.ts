import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import { ask } from './ask.ts'
import { placeRecorded } from './recorded-state.ts'
import { keyHeader, troubleOf } from './recorded-world.ts'
import {
  areThere,
  recordedVersions,
  recordings,
  shapeNames,
  type Recording,
  type RecordedVersion
} from './recordings.ts'
import { differences, shapeOf } from './shape.ts'

/** Recordings the simulator has no answer to, or another one on purpose. */
const exceptions: readonly (readonly [names: RegExp, why: string])[] = [
  [/^function-(create|update|delete)/, 'functions are not made, changed or deleted here'],
  [/^function-get-31-vars/, 'its many variables are those of variables-list-31'],
  [/^deployment-create/, 'code is not uploaded here'],
  [/^project-usage/, 'only a person may read it'],
  [/accept-multipart$/, 'nobody asks for a form'],
  [/^graphql-get-mutation/, 'it deletes a function, which is not done here'],
  [/^graphql-introspection/, 'a schema tells the names of its roots only']
]

function casesOf(version: RecordedVersion): readonly Recording[] {
  return recordings(version, (name) => shapeNames.test(name) && !exceptions.some(([form]) => form.test(name)))
}

describe.each(recordedVersions)('the answers of Appwrite %s, by status, type and fields', (version) => {
  const cases = casesOf(version)
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7, version, isFrozen: true, startMs: Date.UTC(2026, 10, 24, 12) })
  })
  beforeEach(() => {
    simulator.control.undo('all')
    simulator.control.setTo(Date.UTC(2026, 10, 24, 12))
  })
  afterAll(() => simulator.close())

  it.skipIf(!areThere(version))('are there to be compared with (skipped without ../shared/api/recorded)', () => {
    expect(cases.length).toBeGreaterThan(100)
  })

  it.each(cases.map((recording) => [recording.name, recording] as const))('%s', async (_, recording) => {
    const { request, response } = recording
    placeRecorded(simulator, recording)
    for (const trouble of troubleOf(recording.name)) simulator.control.start(trouble)
    const ours = (text: string) => text.replaceAll('desk-test', simulator.projectId)
    const url = ours(request.url).replace(/http:\/\/127\.0\.0\.1:1876\d/, simulator.endpoint.replace('/v1', ''))
    const headers = Object.entries(request.headers).map(([name, value]) => [name, ours(value)] as const)
    const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body)
    const reply = await ask(url, {
      method: request.method,
      headers: { ...Object.fromEntries(headers), ...keyHeader(simulator, recording) },
      ...(request.body === null ? {} : { body })
    })
    expect({ status: reply.status, type: reply.headers['Content-Type'] }, reply.body.slice(0, 300)).toEqual({
      status: response.status,
      type: response.headers['Content-Type']
    })
    if (typeof response.body !== 'object' || response.body === null || '$binary_bytes' in response.body) return
    const found: unknown = JSON.parse(reply.body)
    expect(differences(shapeOf(response.body), shapeOf(found))).toEqual([])
    expect(typesIn(found)).toEqual(typesIn(JSON.parse(ours(JSON.stringify(response.body)))))
  })
})

/** What a reader tells errors apart by, and how the thing stands that was asked for. */
function typesIn(body: unknown): unknown {
  // Errors are objects in every answer.
  const { type, code, errors, status, responseStatusCode, activate } = body as Readonly<Record<string, unknown>>
  if (code !== undefined) return type
  if (status !== undefined) return { status, responseStatusCode, activate }
  return Array.isArray(errors)
    ? errors.map((error) => (error as { message: string }).message.replace(/ Did you.*/, ''))
    : null
}
