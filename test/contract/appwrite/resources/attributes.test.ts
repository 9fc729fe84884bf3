import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  deploymentAttributes,
  executionAttributes,
  functionAttributes,
  messageAttributes,
  providerAttributes,
  targetAttributes,
  topicAttributes,
  userAttributes,
  type Attribute,
  type Attributes
} from '../../../../src-main/appwrite/attributes.ts'
import { ServerClient } from '../../../../src-main/appwrite/client.ts'
import type { ProjectClient } from '../../../../src-main/appwrite/project-client.ts'
import { query, type Query } from '../../../../src-main/appwrite/queries.ts'
import { isAtLeast, parseVersion } from '../../../../src-main/appwrite/versions.ts'
import { Failure } from '../../../../src-main/core/failure.ts'
import { startSimulator, type Simulator } from '../../../../src-main/simulator/simulator.ts'
import { never } from '../listener.ts'

type Ordered<List extends Attributes> = (asked: { query: Query<List> }) => Promise<unknown>

describe.each(['1.5.11', '1.6.1', '1.6.2', '1.7.5', '1.8.1', '1.9.6', 'main'])(
  'the attributes of lists on %s',
  (name) => {
    let simulator: Simulator
    let client: ServerClient
    let project: ProjectClient
    const version = parseVersion(name)

    beforeAll(async () => {
      simulator = await startSimulator({ version: name, seed: 7, startMs: Date.UTC(2026, 10, 24, 12), isFrozen: true })
      client = new ServerClient({ endpoint: simulator.endpoint, deadlineMs: 10_000 })
      project = client.project(simulator, version)
    })

    afterAll(async () => {
      await client.close()
      await simulator.close()
    })

    /** Those a list is not ordered by, of all the version is said to take; and those it is, of all it is said not to. */
    async function wrong<List extends Attributes>(attributes: List, list: Ordered<List>): Promise<unknown[]> {
      const found: unknown[] = []
      for (const attribute of Object.keys(attributes)) {
        const { since = '1.5.0', until }: Attribute = attributes[attribute] ?? { kind: 'text' }
        const isTaken = isAtLeast(version, since) && !(until !== undefined && isAtLeast(version, until))
        try {
          await list({ query: query(attributes).orderAsc(attribute).limit(1) })
          if (!isTaken) found.push([attribute, 'was taken'])
        } catch (error) {
          if (!(error instanceof Failure)) throw error
          const { code, detail } = error.fault
          if (isTaken || code !== 'unsupported') found.push([attribute, code, detail])
        }
      }
      return found
    }

    it('are just those the server takes', async () => {
      const { functions, deployments, executions, messages, recipients } = project
      const functionId = (await functions.list({}, never)).items[0]?.id ?? ''
      const userId = (await recipients.users({}, never)).items[0]?.id ?? ''
      expect({
        functions: await wrong(functionAttributes, (asked) => functions.list(asked, never)),
        deployments: await wrong(deploymentAttributes, (asked) => deployments.list(functionId, asked, never)),
        executions: await wrong(executionAttributes, (asked) => executions.list(functionId, asked, never)),
        messages: await wrong(messageAttributes, (asked) => messages.list(asked, never)),
        topics: await wrong(topicAttributes, (asked) => recipients.topics(asked, never)),
        providers: await wrong(providerAttributes, (asked) => recipients.providers(asked, never)),
        users: await wrong(userAttributes, (asked) => recipients.users(asked, never)),
        targets: await wrong(targetAttributes, (asked) => recipients.targets(userId, asked, never))
      }).toEqual({
        functions: [],
        deployments: [],
        executions: [],
        messages: [],
        topics: [],
        providers: [],
        users: [],
        targets: []
      })
    })
  }
)
