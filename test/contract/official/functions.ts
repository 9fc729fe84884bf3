import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { faultFrom, never } from '../appwrite/listener.ts'
import type { Check, Stage } from './stage.ts'

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Has the other deployment built again; the id is that of the new one. */
async function builtAgain({ official, project, functionId, otherId, buildId }: Stage): Promise<string> {
  const ids = async () => (await project.deployments.list(functionId, {}, never)).items.map(({ id }) => id)
  const before = await ids()
  await official.retryBuild(functionId, otherId, buildId)
  const made = (await ids()).filter((id) => !before.includes(id))
  expect(made).toHaveLength(1)
  return made[0] ?? ''
}

async function ownDownload({ project, functionId, otherId }: Stage): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'standby-official-'))
  try {
    const file = join(folder, 'source.tar.gz')
    await project.deployments.download(functionId, otherId, 'source', { file }, never)
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export const functions = {
  'GET /functions/{functionId}/deployments/{deploymentId}': async ({ official, project, functionId, otherId }) => {
    const told = await official.functions.getDeployment(functionId, otherId)
    expect(told).toMatchObject({ $id: otherId, resourceId: functionId, status: 'ready' })
    const { id, functionId: owner, status } = await project.deployments.get(functionId, otherId, never)
    expect([id, owner, status]).toEqual([told.$id, told.resourceId, told.status])
  },
  'PATCH /functions/{functionId}/deployments/{deploymentId}': async (stage) => {
    const { official, project, functionId, activeId, otherId } = stage
    expect(await official.activate(functionId, otherId)).toBe(otherId)
    expect((await project.functions.get(functionId, never)).deploymentId).toBe(otherId)
    expect(await official.activate(functionId, activeId)).toBe(activeId)
  },
  'POST /functions/{functionId}/deployments/{deploymentId}/builds/{buildId}': async (stage) => {
    const { official, functionId, activeId, simulator } = stage
    const id = await builtAgain(stage)
    simulator.control.step(900_000)
    expect((await official.functions.getDeployment(functionId, id)).status).toBe('ready')
    await official.activate(functionId, activeId)
  },
  'DELETE /functions/{functionId}/deployments/{deploymentId}': async (stage) => {
    const { official, project, functionId } = stage
    const id = await builtAgain(stage)
    await official.functions.deleteDeployment(functionId, id)
    expect(await faultFrom(project.deployments.get(functionId, id, never))).toMatchObject({ code: 'missing' })
    await expect(official.functions.getDeployment(functionId, id)).rejects.toMatchObject({
      code: 404,
      type: 'deployment_not_found'
    })
  },
  'GET /functions/{functionId}/deployments/{deploymentId}/download': async (stage) => {
    const bytes = new Uint8Array(await stage.official.download(stage.functionId, stage.otherId))
    expect(bytes.length).toBeGreaterThan(0)
    expect(sha256(bytes)).toBe(sha256(await ownDownload(stage)))
  },
  'GET /functions/{functionId}/executions': async ({ official, project, functionId }) => {
    const { total, executions } = await official.functions.listExecutions(functionId, [official.limit(5)])
    const ours = await project.executions.list(functionId, {}, never)
    expect(total).toBe(ours.total)
    expect(executions.map(({ $id, status }) => [$id, status])).toEqual(
      ours.items.slice(0, 5).map(({ id, status }) => [id, status])
    )
  },
  'POST /functions/{functionId}/executions': async ({ official, project, functionId, simulator }) => {
    const waited = await official.functions.createExecution(functionId, '{}', false, '/checkout?x=1')
    expect(waited.status).toBe('completed')
    expect(waited).toMatchObject({ functionId, requestPath: '/checkout?x=1' })
    const queued = await official.functions.createExecution(functionId, '{}', true, '/checkout')
    expect(['waiting', 'processing']).toContain(queued.status)
    simulator.control.step(600_000)
    const ended = await project.executions.get(functionId, queued.$id, never)
    expect(ended.status).toBe('completed')
    expect(ended.responseStatusCode).toBeGreaterThanOrEqual(200)
  },
  'GET /functions/{functionId}/executions/{executionId}': async ({ official, project, functionId, simulator }) => {
    const { $id } = await official.functions.createExecution(functionId, '', true, '/once')
    simulator.control.step(600_000)
    const told = await official.functions.getExecution(functionId, $id)
    expect(told.status).toBe('completed')
    const { id, status, responseStatusCode, requestPath } = await project.executions.get(functionId, $id, never)
    expect([told.$id, told.status, told.responseStatusCode, told.requestPath]).toEqual([
      id,
      status,
      responseStatusCode,
      requestPath
    ])
  },
  'GET /functions/{functionId}/variables': async ({ official, project, functionId }) => {
    const { total, variables } = await official.functions.listVariables(functionId)
    const ours = await project.variables.list(functionId, never)
    expect(total).toBe(ours.length)
    const idsAndKeys = ours.map(({ id, key }) => [id, key])
    expect(variables.map(({ $id, key }) => [$id, key]).sort()).toEqual(idsAndKeys.sort())
  },
  'POST /functions/{functionId}/variables': async ({ official, project, functionId }) => {
    const made = await official.createVariable(functionId, 'MADE_BY_TEST', 'one')
    expect(made).toMatchObject({ key: 'MADE_BY_TEST', value: 'one' })
    const ours = await project.variables.get(functionId, made.$id, never)
    expect([ours.key, ours.value, ours.isSecret]).toEqual(['MADE_BY_TEST', 'one', false])
  },
  'GET /functions/{functionId}/variables/{variableId}': async ({ official, project, functionId, variableId }) => {
    const { $id, key } = await official.functions.getVariable(functionId, variableId)
    const ours = await project.variables.get(functionId, variableId, never)
    expect([$id, key]).toEqual([ours.id, ours.key])
  },
  'PUT /functions/{functionId}/variables/{variableId}': async ({ official, project, functionId }) => {
    const { $id } = await official.createVariable(functionId, 'CHANGED_BY_TEST', 'one')
    const changed = await official.functions.updateVariable(functionId, $id, 'CHANGED', 'two')
    expect(changed).toMatchObject({ $id, key: 'CHANGED', value: 'two' })
    expect(await official.functions.getVariable(functionId, $id)).toMatchObject({ key: 'CHANGED', value: 'two' })
    expect(await project.variables.get(functionId, $id, never)).toMatchObject({ key: 'CHANGED', value: 'two' })
  },
  'DELETE /functions/{functionId}/variables/{variableId}': async ({ official, project, functionId }) => {
    const { $id } = await official.createVariable(functionId, 'DELETED_BY_TEST', 'one')
    await official.functions.deleteVariable(functionId, $id)
    expect(await faultFrom(project.variables.get(functionId, $id, never))).toMatchObject({ code: 'missing' })
  }
} as const satisfies Readonly<Record<string, Check>>
