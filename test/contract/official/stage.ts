import { functionAttributes } from '../../../src-main/appwrite/attributes.ts'
import { ServerClient } from '../../../src-main/appwrite/client.ts'
import { each } from '../../../src-main/appwrite/pages.ts'
import type { ProjectClient } from '../../../src-main/appwrite/project-client.ts'
import { where } from '../../../src-main/appwrite/queries.ts'
import { parseVersion } from '../../../src-main/appwrite/versions.ts'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import { never } from '../appwrite/listener.ts'
import type { Official, Place } from './official.ts'

/** A simulated server with a function that has a past, an official client for it, and our own beside that. */
export interface Stage<Client extends Official = Official> {
  readonly official: Client
  readonly project: ProjectClient
  readonly simulator: Simulator
  readonly functionId: string
  /** The deployment that runs. */
  readonly activeId: string
  /** Another one that could run, and its build where the version tells it. */
  readonly otherId: string
  readonly buildId: string
  readonly variableId: string
  readonly close: () => Promise<void>
}

/** What an official client gets for one operation; throws where it is not what it expects. */
export type Check<Client extends Official = Official> = (stage: Stage<Client>) => Promise<void>

export async function stageOf<Client extends Official>(
  version: string,
  clientFor: (place: Place) => Client
): Promise<Stage<Client>> {
  const startMs = Date.UTC(2026, 10, 24, 12)
  const simulator = await startSimulator({ version, seed: 7, startMs, isFrozen: true })
  const client = new ServerClient({
    endpoint: simulator.endpoint,
    policy: { allows: () => true },
    deadlineMs: 10_000
  })
  const project = client.project(simulator, parseVersion(version))
  return {
    ...(await functionWithPast(project)),
    official: clientFor(simulator),
    project,
    simulator,
    close: async () => {
      await client.close()
      await simulator.close()
    }
  }
}

async function functionWithPast({ functions, deployments, executions, variables }: ProjectClient) {
  for await (const one of each(functions.pages({ where: where(functionAttributes) }, never))) {
    // 1.5 keeps no executions without logging.
    if (!one.isLogging || one.deploymentId === null) continue
    const ready = (await deployments.list(one.id, {}, never)).items.filter(({ status }) => status === 'ready')
    const other = ready.find(({ id }) => id !== one.deploymentId)
    const [variable] = await variables.list(one.id, never)
    if (other === undefined || variable === undefined) continue
    // A function whose runs fail now and then would fail a test now and then.
    const { items } = await executions.list(one.id, {}, never)
    if (items.length < 5 || items.some(({ status }) => status === 'failed')) continue
    return {
      functionId: one.id,
      activeId: one.deploymentId,
      otherId: other.id,
      buildId: other.buildId ?? '',
      variableId: variable.id
    }
  }
  throw new Error('The simulator has no function with a past.')
}
