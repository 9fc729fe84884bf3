import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { operations } from '../../../../src-main/appwrite/operations.ts'
import { offers } from '../../../../src-main/appwrite/offers.ts'
import { ProjectClient } from '../../../../src-main/appwrite/project-client.ts'
import { Caller } from '../../../../src-main/appwrite/caller.ts'
import { Transport } from '../../../../src-main/appwrite/transport.ts'

const reference = new URL('../../../../../shared/api/reference.txt', import.meta.url)
const isThere = existsSync(reference)

const ofReference = operations.filter(({ isInReference }) => isInReference).map(({ operation }) => operation)

describe('the table of operations', () => {
  it('has the fifty of the reference, each once, and every other one of the client', () => {
    expect(new Set(ofReference).size).toBe(50)
    expect(operations.map(({ operation }) => operation).sort()).toEqual(Object.keys(offers).sort())
  })

  it('names methods that are there', async () => {
    const transport = new Transport({ endpoint: 'http://127.0.0.1:9/v1' })
    const project = new ProjectClient(
      new Caller({ transport, credentials: { projectId: 'p', apiKey: 'k' }, version: null })
    )
    const missing = operations.filter(({ call }) => {
      const [resource = '', method = ''] = call.split('.')
      const owner: unknown = Reflect.get(project, resource)
      return typeof owner !== 'object' || owner === null || typeof Reflect.get(owner, method) !== 'function'
    })
    await transport.close()
    expect(missing).toEqual([])
  })

  it('asks for a scope to write wherever it writes, and for none to write where it reads', () => {
    const wrong = operations.filter(({ operation, scope }) => {
      const isRead = operation.startsWith('GET ') || scope === 'graphql'
      return isRead === scope.endsWith('.write')
    })
    expect(wrong).toEqual([])
  })

  it.skipIf(!isThere)('is that of the reference text (skipped when it is not there)', () => {
    const lines = isThere ? readFileSync(reference, 'utf8').split('\n') : []
    const stated = lines.filter((line) => /^(GET|POST|PUT|PATCH|DELETE) \//.test(line)).map((line) => line.trim())
    expect([...ofReference].sort()).toEqual([...new Set(stated)].sort())
  })
})
