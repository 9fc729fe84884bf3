import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { functionAttributes } from '../../../../src-main/appwrite/attributes.ts'
import { ServerClient } from '../../../../src-main/appwrite/client.ts'
import { each } from '../../../../src-main/appwrite/pages.ts'
import type { ProjectClient } from '../../../../src-main/appwrite/project-client.ts'
import { where } from '../../../../src-main/appwrite/queries.ts'
import { isAtLeast, parseVersion } from '../../../../src-main/appwrite/versions.ts'
import { startSimulator, type Simulator } from '../../../../src-main/simulator/simulator.ts'
import { faultFrom, never } from '../listener.ts'

const startMs = Date.UTC(2026, 10, 24, 12)

/** A function that has more than one build to run, and whose runs are kept: 1.5 keeps none without logging. */
async function rolledBack({ functions, deployments }: ProjectClient) {
  for await (const one of each(functions.pages({ where: where(functionAttributes) }, never))) {
    const ready = (await deployments.list(one.id, {}, never)).items.filter(({ status }) => status === 'ready')
    const other = ready.find(({ id }) => id !== one.deploymentId)
    if (one.isLogging && one.deploymentId !== null && other !== undefined)
      return { functionId: one.id, active: one.deploymentId, other }
  }
  throw new Error('The simulator has no function to roll back.')
}

describe.each(['1.5.11', '1.6.1', '1.6.2', '1.7.5', '1.8.1', '1.9.6', 'main'])('a day at work on %s', (name) => {
  let simulator: Simulator
  let client: ServerClient
  let project: ProjectClient
  let functionId: string
  let active: string
  let other: string
  const version = parseVersion(name)

  beforeAll(async () => {
    simulator = await startSimulator({ version: name, seed: 7, startMs, isFrozen: true })
    client = new ServerClient({ endpoint: simulator.endpoint, policy: { allows: () => true }, deadlineMs: 10_000 })
    project = client.project(simulator, version)
    const found = await rolledBack(project)
    functionId = found.functionId
    active = found.active
    other = found.other.id
  })

  afterAll(async () => {
    await client.close()
    await simulator.close()
  })

  it('rolls a function back, and the function says so', async () => {
    const { deploymentId } = await project.deployments.activate(functionId, other, never)
    expect(deploymentId).toBe(other)
    expect((await project.functions.get(functionId, never)).deploymentId).toBe(other)
    await project.deployments.activate(functionId, active, never)
  })

  it('builds a deployment again, as another one whose build comes to its end', async () => {
    const built = await project.deployments.retryBuild(functionId, other, never)
    expect(built).not.toBeNull()
    expect([active, other]).not.toContain(built?.id)
    expect(['waiting', 'processing', 'building']).toContain(built?.status)
    simulator.control.step(900_000)
    const { status } = await project.deployments.get(functionId, built?.id ?? '', never)
    expect(['ready', 'failed']).toContain(status)
  })

  it('runs a function and waits, then runs it again and looks later', async () => {
    const { executions } = project
    await project.deployments.activate(functionId, active, never)
    const call = { method: 'POST', path: '/again?x=1', body: '{}' } as const
    const waited = await executions.create(functionId, { ...call, mode: 'sync' }, never)
    expect(['completed', 'failed']).toContain(waited.status)
    simulator.control.step(1000)
    const atMs = startMs + 901_000 - 1
    const queued = await executions.create(functionId, { ...call, mode: 'async' }, never)
    expect(['waiting', 'processing']).toContain(queued.status)
    expect((await executions.since(functionId, atMs, never)).map(({ id }) => id)).toContain(queued.id)
    simulator.control.step(600_000)
    expect(['completed', 'failed']).toContain((await executions.get(functionId, queued.id, never)).status)
  })

  it('keeps a secret where the version can, and changes and deletes a variable', async () => {
    const { variables } = project
    const canHide = isAtLeast(version, '1.7.0')
    const made = await variables.create(functionId, { key: 'TOKEN_OF_TEST', value: 'one', isSecret: canHide }, never)
    expect([made.value, made.isSecret]).toEqual(canHide ? [null, true] : ['one', false])
    const changed = await variables.update(functionId, made.id, { key: 'TOKEN_2', value: 'two' }, never)
    expect([changed.key, changed.value]).toEqual(['TOKEN_2', canHide ? null : 'two'])
    expect((await project.functions.get(functionId, never)).isLive).toBe(false)
    await variables.delete(functionId, made.id, never)
    expect((await variables.list(functionId, never)).map(({ id }) => id)).not.toContain(made.id)
  })

  it('writes a message, mends it and throws it away', async () => {
    const { messages } = project
    const draft = { subject: 'Checkout is down', content: 'We are on it.', when: 'draft', topics: [] } as const
    const { id, status } = await messages.createEmail(draft, never)
    expect(status).toBe('draft')
    const mended = await messages.updateEmail(id, { subject: 'Checkout is slow' }, never)
    expect(mended.content).toMatchObject({ kind: 'email', subject: 'Checkout is slow', text: 'We are on it.' })
    await messages.delete(id, never)
    expect(await faultFrom(messages.get(id, never))).toMatchObject({ code: 'missing' })
  })

  it('asks GraphQL for what REST tells', async () => {
    const { data, errors } = await project.graphql.query(
      {
        document: 'query Q($id: String!) { functionsGet(functionId: $id) { _id name } }',
        variables: { id: functionId }
      },
      never
    )
    expect([errors, data]).toEqual([
      [],
      { functionsGet: { _id: functionId, name: (await project.functions.get(functionId, never)).name } }
    ])
  })

  it('throws a deployment away', async () => {
    await project.deployments.delete(functionId, other, never)
    expect(await faultFrom(project.deployments.get(functionId, other, never))).toMatchObject({ code: 'missing' })
  })
})
