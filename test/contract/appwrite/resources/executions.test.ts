import { describe, expect, it } from 'vitest'
import { failsFrom, isPresumedFailed } from '../../../../src-main/appwrite/execution-run.ts'
import { apiKey, faultFrom, never } from '../listener.ts'
import { projectOn, saying, version } from './asking.ts'
import { createdAtMs, updatedAtMs, wireExecution } from './wire.ts'

describe('an execution', () => {
  it('is one model under old and new names', async () => {
    const expected = {
      id: 'e1',
      functionId: 'resize',
      deploymentId: null,
      createdAtMs,
      updatedAtMs,
      trigger: 'http',
      status: 'completed',
      requestMethod: 'POST',
      requestPath: '/echo?x=1',
      requestHeaders: [{ name: 'content-type', value: 'application/json' }],
      responseStatusCode: 200,
      responseBody: '',
      responseHeaders: [],
      logs: 'one\ntwo',
      errors: '',
      durationMs: 42,
      scheduledAtMs: null
    }
    const { project } = await projectOn(saying(wireExecution()), '1.5.11')
    expect(await project.executions.get('resize', 'e1', never)).toEqual(expected)
    const renamed = wireExecution({
      functionId: undefined,
      resourceId: 'resize',
      resourceType: 'functions',
      deploymentId: 'd1',
      status: 'scheduled',
      trigger: 'schedule',
      scheduledAt: '2026-11-24T08:00:01.000+00:00'
    })
    const { project: newer } = await projectOn(saying(renamed), 'main')
    expect(await newer.executions.get('resize', 'e1', never)).toEqual({
      ...expected,
      deploymentId: 'd1',
      status: 'scheduled',
      trigger: 'schedule',
      scheduledAtMs: updatedAtMs
    })
    const { project: neither } = await projectOn(saying(wireExecution({ functionId: undefined })), 'main')
    expect((await faultFrom(neither.executions.get('resize', 'e1', never))).message).toContain('“functionId”')
  })

  it('keeps its logs as they are, but for the key', async () => {
    const logs = `\u001b[31mred\r\n\u0000 ${apiKey} ü 日本 ${'x'.repeat(1_000_000)}`
    const { project } = await projectOn(saying(wireExecution({ logs })), '1.5.11')
    const { logs: shown } = await project.executions.get('resize', 'e1', never)
    expect(shown).toBe(logs.replace(apiKey, '[API key]'))
  })

  it('fails from another status on before 1.6 than since, and may only be presumed to', async () => {
    expect(['1.5.11', '1.6.0', '1.9.6'].map((text) => failsFrom(version(text)))).toEqual([400, 500, 500])
    expect(failsFrom(null)).toBeNull()
    const { project } = await projectOn(saying(wireExecution({ status: 'failed', responseStatusCode: 0 })), '1.9.6')
    expect(isPresumedFailed(await project.executions.get('resize', 'e1', never))).toBe(true)
  })

  it('whose creation was lost on the way is found by time, others’ kinds left out', async () => {
    const executions = [
      wireExecution({ $id: 'e3' }),
      wireExecution({ $id: 'e2', trigger: 'event' }),
      wireExecution({ $id: 'e1', trigger: 'schedule', status: 'scheduled' })
    ]
    const { project, got } = await projectOn(saying({ total: 3, executions }), '1.7.5')
    const found = await project.executions.since('resize', createdAtMs, never)
    expect(found.map(({ id }) => id)).toEqual(['e3', 'e1'])
    expect(got[0]?.query[0]?.[1]).toBe(
      '{"method":"greaterThanEqual","attribute":"$createdAt","values":["2026-11-24T08:00:00.123+00:00"]}'
    )
  })
})
