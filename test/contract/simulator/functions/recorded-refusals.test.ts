import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../../src-main/simulator/simulator.ts'
import { ask } from '../ask.ts'
import { placeRecorded } from '../recorded-state.ts'
import { keyHeader } from '../recorded-world.ts'
import { areThere, recordedVersions, recordings, type Recording } from '../recordings.ts'

const names = /^(functions-|function-(get|usage|execute|deployment)|deployment|build|execution|variable)/
const atMs = Date.UTC(2026, 10, 24, 12)

/** But for those about uploading code, which is not done here. */
const isRefusal = ({ name, response }: Recording) => response.status >= 400 && !name.startsWith('deployment-create')

describe.each(recordedVersions)('the refusals of Appwrite %s about functions, word for word', (version) => {
  const cases = recordings(version, (name) => names.test(name)).filter(isRefusal)
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7, version, isFrozen: true, startMs: atMs })
  })
  afterAll(() => simulator.close())

  it.skipIf(!areThere(version))('are there to be compared with (skipped without ../shared/api/recorded)', () => {
    expect(cases.length).toBeGreaterThan(50)
  })

  it.each(cases.map((recording) => [recording.name, recording] as const))('%s', async (_, recording) => {
    const { request, response } = recording
    placeRecorded(simulator, recording)
    const ours = (text: string) => text.replaceAll('desk-test', simulator.projectId)
    const headers = Object.entries(request.headers).map(([header, value]) => [header, ours(value)] as const)
    const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body)
    const reply = await ask(ours(request.url).replace(/http:\/\/127\.0\.0\.1:1876\d\/v1/, simulator.endpoint), {
      method: request.method,
      headers: { ...Object.fromEntries(headers), ...keyHeader(simulator, recording) },
      ...(request.body === null ? {} : { body })
    })
    expect(reply.status).toBe(response.status)
    // A page is compared by those who compare pages.
    if (typeof response.body === 'string') return
    expect(JSON.parse(reply.body)).toEqual(JSON.parse(ours(JSON.stringify(response.body))))
  })
})
