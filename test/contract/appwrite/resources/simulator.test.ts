import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executionAttributes, functionAttributes } from '../../../../src-main/appwrite/attributes.ts'
import { capabilitiesOf, heardIn, lossesAhead, type Heard } from '../../../../src-main/appwrite/capabilities.ts'
import { ServerClient } from '../../../../src-main/appwrite/client.ts'
import { failsFrom } from '../../../../src-main/appwrite/execution-run.ts'
import { isOffered, offers, type Operation } from '../../../../src-main/appwrite/offers.ts'
import { each } from '../../../../src-main/appwrite/pages.ts'
import type { ProjectClient } from '../../../../src-main/appwrite/project-client.ts'
import { query, where } from '../../../../src-main/appwrite/queries.ts'
import { queuesOf } from '../../../../src-main/appwrite/queues.ts'
import { checkScopes } from '../../../../src-main/appwrite/scopes.ts'
import { parseVersion } from '../../../../src-main/appwrite/versions.ts'
import { Failure } from '../../../../src-main/core/failure.ts'
import type { Fault } from '../../../../src-main/contract/fault.ts'
import { startSimulator, type Simulator } from '../../../../src-main/simulator/simulator.ts'
import { never } from '../listener.ts'
import { calls, someArguments, type Arguments } from './calls.ts'

const versions = ['1.5.11', '1.6.1', '1.6.2', '1.7.5', '1.8.1', '1.9.6', 'main']
const startMs = Date.UTC(2026, 10, 24, 12)
const allowAll = { allows: () => true }

async function outcome(asked: Promise<unknown>): Promise<Fault | null> {
  try {
    await asked
    return null
  } catch (error) {
    if (error instanceof Failure) return error.fault
    throw error
  }
}

describe.each(versions)('Appwrite %s, as the simulator has it', (name) => {
  let simulator: Simulator
  let client: ServerClient
  let project: ProjectClient
  let args: Arguments
  const version = parseVersion(name)
  const folder = mkdtempSync(join(tmpdir(), 'standby-resources-'))

  beforeAll(async () => {
    simulator = await startSimulator({ version: name, seed: 7, startMs, isFrozen: true })
    client = new ServerClient({ endpoint: simulator.endpoint, policy: allowAll, deadlineMs: 10_000 })
    project = client.project(simulator, version)
    args = await argumentsOf(project, join(folder, 'source.tar.gz'))
  })

  afterAll(async () => {
    await client.close()
    await simulator.close()
    rmSync(folder, { recursive: true })
  })

  it('comes to the same in the eyes of a client that does not know the version, by its replies', async () => {
    const unsure = client.project(simulator, null)
    const told: Record<string, string> = {}
    const expected: Record<string, string> = {}
    for (const operation of inOrder().filter((one) => one.startsWith('GET ') && !/download|geo/.test(one))) {
      const fault = await outcome(calls[operation](unsure, args))
      told[operation] = fault?.code ?? 'value'
      expected[operation] = isOffered(offers[operation], version) === true ? 'value' : 'unsupported'
    }
    expect(told).toEqual(expected)
  })
  it('tells every queue there is, and its failed jobs', async () => {
    for (const queue of queuesOf(version)) {
      const depth = await outcome(project.health.depthOf(queue, never))
      expect([queue.name, depth?.code]).toEqual([queue.name, queue.depth === 'none' ? 'unsupported' : undefined])
      const failed = await outcome(project.health.failedOf(queue, never))
      expect([queue.name, failed?.code]).toEqual([queue.name, queue.failedName === null ? 'unsupported' : undefined])
    }
  })

  it('finds the same executions by pages and by one long list, each once', async () => {
    const { functionId } = args
    const whole = query(executionAttributes).newestFirst().limit(100)
    const newest = (await project.executions.list(functionId, { query: whole }, never)).items
    // All of the oldest moment are in or out together.
    const sinceMs = (newest.at(-1)?.createdAtMs ?? 0) + 1
    const all = newest.filter(({ createdAtMs }) => createdAtMs >= sinceMs)
    expect(all.length).toBeGreaterThan(10)
    const recent = where(executionAttributes).createdFrom(sinceMs)
    for (const from of ['newest', 'oldest'] as const) {
      const met: string[] = []
      const walk = { where: recent, from, pageSize: 1 + Math.ceil(all.length / 7) }
      for await (const { id } of each(project.executions.pages(functionId, walk, never))) met.push(id)
      expect([...met].sort()).toEqual(all.map(({ id }) => id).sort())
    }
  })

  it('filters executions as their status says', async () => {
    const failed = query(executionAttributes).equal('status', ['failed']).limit(100)
    const { items } = await project.executions.list(args.functionId, { query: failed }, never)
    const least = failsFrom(version) ?? 0
    for (const { status, responseStatusCode } of items) {
      expect(status).toBe('failed')
      expect(responseStatusCode === 0 || responseStatusCode >= least).toBe(true)
    }
  })

  it('answers every operation its version has, and the client refuses the others unsent', async () => {
    simulator.control.resetRequests()
    const wrong: unknown[] = []
    const heard = new Map<Operation, Heard>()
    for (const operation of inOrder()) {
      const fault = await outcome(calls[operation](project, await withNew(simulator, project, operation, args)))
      const expected = isOffered(offers[operation], version) === true ? undefined : 'unsupported'
      if (fault?.code !== expected) wrong.push([operation, fault?.code ?? 'value', fault?.message, fault?.detail])
      const said = heardIn(fault)
      if (said !== null) heard.set(operation, said)
    }
    expect(wrong).toEqual([])
    expect(capabilitiesOf(version, heard).filter(({ word }) => word === 'contradicted')).toEqual([])
  })
})

describe('a server built from the main branch, which calls itself 1.9.6', () => {
  it('contradicts in its replies just what newer versions take away', async () => {
    const simulator = await startSimulator({ version: 'main', seed: 7, startMs, isFrozen: true })
    const client = new ServerClient({ endpoint: simulator.endpoint, deadlineMs: 10_000 })
    const version = parseVersion((await client.health(simulator).version(never)).value)
    const project = client.project(simulator, version)
    const heard = new Map<Operation, Heard>()
    const args = await argumentsOf(project, '/nowhere')
    for (const operation of inOrder().filter((one) => one.startsWith('GET ') && !one.endsWith('/download'))) {
      const said = heardIn(await outcome(calls[operation](project, args)))
      if (said !== null) heard.set(operation, said)
    }
    await client.close()
    await simulator.close()
    const contradicted = capabilitiesOf(version, heard).filter(({ word }) => word === 'contradicted')
    expect(contradicted.map(({ operation }) => operation).sort()).toEqual(
      lossesAhead(version)
        .map(({ operation }) => operation)
        .sort()
    )
  })
})

describe('the scopes of the simulator’s keys', () => {
  it.each(['1.5.11', '1.9.6'])('are found on %s without a write', async (name) => {
    const simulator = await startSimulator({ version: name, seed: 7, startMs, isFrozen: true })
    const client = new ServerClient({ endpoint: simulator.endpoint, deadlineMs: 10_000 })
    const [own] = simulator.projects
    const statesOf = async (apiKey: string) => {
      const project = client.project({ projectId: simulator.projectId, apiKey }, parseVersion(name))
      const probed = (await checkScopes(project, never)).filter(({ scope }) => !/write|health|graphql/.test(scope))
      return [
        ...new Set(probed.map(({ scope, state }) => (scope === 'locale.read' ? `locale ${state}` : state)))
      ].sort()
    }
    const found = [
      await statesOf(own?.readKey ?? ''),
      await statesOf(own?.narrowKey ?? ''),
      await statesOf(own?.bareKey ?? ''),
      await statesOf(own?.expiredKey ?? ''),
      await statesOf('standard_0123456789')
    ]
    await client.close()
    await simulator.close()
    expect(found).toEqual([
      ['granted', 'locale granted'],
      ['locale granted', 'missing'],
      ['locale missing', 'missing'],
      ['locale unknown', 'unknown'],
      ['locale unknown', 'unknown']
    ])
  })
})

/** Reads first, then what changes things, then what deletes them. */
function inOrder(): readonly Operation[] {
  const rank = (operation: string) => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].indexOf(operation.split(' ')[0] ?? '')
  return (Object.keys(calls) as Operation[]).sort((a, b) => rank(a) - rank(b)) // the keys are those of the table
}

/** Ids of things that are there. */
async function argumentsOf(
  { functions, deployments, executions, variables, messages, recipients }: ProjectClient,
  file: string
): Promise<Arguments> {
  const found = { ...someArguments, file, domain: 'appwrite.example.com' }
  for await (const { id: functionId, deploymentId, variableKeys } of each(
    functions.pages({ where: where(functionAttributes) }, never)
  )) {
    const page = (await executions.list(functionId, {}, never)).items
    const [execution] = page
    if (deploymentId === null || execution === undefined || page.length < 25 || variableKeys.length === 0) continue
    const [variable] = await variables.list(functionId, never)
    const [message] = (await messages.list({}, never)).items
    const [user] = (await recipients.users({}, never)).items
    await deployments.get(functionId, deploymentId, never)
    return {
      ...found,
      functionId,
      deploymentId,
      executionId: execution.id,
      variableId: variable?.id ?? '',
      messageId: message?.id ?? '',
      userId: user?.id ?? ''
    }
  }
  throw new Error('The simulator has no function with a past.')
}

/** What a change needs to be made to: a build still to be made, a variable of its own, a message not yet sent. */
async function withNew(
  simulator: Simulator,
  project: ProjectClient,
  operation: Operation,
  args: Arguments
): Promise<Arguments> {
  const { functionId } = args
  if (operation.endsWith('/status')) {
    const built = await project.deployments.retryBuild(functionId, args.deploymentId, never)
    // Before 1.7 there is nothing to cancel until the build has begun.
    simulator.control.step(1500)
    return { ...args, deploymentId: built?.id ?? '' }
  }
  if (/^(PUT|DELETE) .*\{variableId\}$/.test(operation)) {
    const [own] = (await project.variables.list(functionId, never)).filter(({ key }) => key === 'A')
    return { ...args, variableId: own?.id ?? '' }
  }
  if (/^(PATCH|DELETE) .*\{messageId\}$/.test(operation)) {
    const draft = { subject: 'S', content: 'C', when: 'draft' } as const
    return { ...args, messageId: (await project.messages.createEmail(draft, never)).id }
  }
  return args
}
