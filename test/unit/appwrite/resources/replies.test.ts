import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deploymentReply } from '../../../../src-main/appwrite/deployments-replies.ts'
import { executionsReply } from '../../../../src-main/appwrite/executions-replies.ts'
import { functionReply } from '../../../../src-main/appwrite/functions-replies.ts'
import { graphqlBatchReply, graphqlReply } from '../../../../src-main/appwrite/graphql-replies.ts'
import { messageReply } from '../../../../src-main/appwrite/messages-replies.ts'
import { providerReply, topicReply, userReply } from '../../../../src-main/appwrite/recipients-replies.ts'
import { variableReply } from '../../../../src-main/appwrite/variables-replies.ts'
import {
  wireDeployment,
  wireExecution,
  wireFunction,
  wireMessage,
  wireProvider,
  wireTopic,
  wireUser,
  wireVariable
} from '../../../contract/appwrite/resources/wire.ts'

const push = { title: 'T', body: 'B', data: { a: 1 }, badge: 1 }

const cases = [
  ['functions', functionReply, wireFunction()],
  ['deployments', deploymentReply, wireDeployment()],
  ['executions', executionsReply, { total: 1, executions: [wireExecution()] }],
  ['variables', variableReply, wireVariable()],
  ['emails', messageReply, wireMessage()],
  ['push messages', messageReply, wireMessage({ providerType: 'push', data: push })],
  ['users', userReply, wireUser()],
  ['providers', providerReply, wireProvider()],
  ['topics', topicReply, wireTopic()],
  ['GraphQL', graphqlReply, { data: { a: 1 }, errors: [{ message: 'm', locations: [], path: ['a', 1] }] }],
  ['GraphQL batches', graphqlBatchReply, [{ data: { a: 1 } }]]
] as const

/** The value with something else at one of its places, the place drawn by `at`. */
function changed(value: unknown, at: number, other: unknown): unknown {
  if (typeof value !== 'object' || value === null) return other
  const keys = Object.keys(value)
  const key = keys[at % (keys.length + 1)]
  if (key === undefined) return other
  const inner: unknown = Reflect.get(value, key)
  const next = changed(inner, Math.floor(at / (keys.length + 1)), other)
  return Array.isArray(value)
    ? value.map((item: unknown, index) => (String(index) === key ? next : item))
    : { ...value, [key]: next }
}

describe('a decoder', () => {
  it.each(cases)('of %s takes what fits', (_, schema, value) => {
    expect(schema.safeParse(value).success).toBe(true)
  })

  it.each(cases)('of %s never throws and never passes on what it was not made for', (_, schema, value) => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.jsonValue(), (at, other) => {
        const result = schema.safeParse(changed(value, at, other))
        // What passes is plain data, whole enough to be written down.
        if (result.success) expect(() => structuredClone(result.data)).not.toThrow()
        else expect(result.error.issues.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 }
    )
  })

  it('reads every time it passes on', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = variableReply.safeParse(wireVariable({ $createdAt: text }))
        if (result.success) expect(Number.isFinite(result.data.createdAtMs)).toBe(true)
      })
    )
  })
})
