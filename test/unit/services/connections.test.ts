import { describe, expect, it, vi } from 'vitest'
import { exportText, importText } from '../../../src-main/services/connection-file.ts'
import { Connections } from '../../../src-main/services/connections.ts'
import { memoryStore, memoryVault } from '../../support/watching.ts'

function setUp() {
  const store = memoryStore()
  const vault = memoryVault()
  return { store, vault, connections: new Connections({ store, vault }) }
}

const draft = (name: string, host = 'shop.example.com') => ({
  name,
  endpoint: `https://${host}/v1`,
  projectId: name,
  apiKey: `key-of-${name}`,
  environment: 'staging' as const
})

const pin = {
  trust: { kind: 'certificate', fingerprint: 'AA', subject: 'CN=shop' },
  pem: 'PEM'
} as const

describe('connections', () => {
  it('keep the key in the vault and nowhere in the profile', () => {
    const { connections, store, vault } = setUp()
    const { connectionId } = connections.add(draft('one'))
    expect(vault.get(connectionId)).toBe('key-of-one')
    expect(JSON.stringify(store.profiles())).not.toContain('key-of-one')
  })

  it('are no longer there when their key could not be kept', () => {
    const { connections, vault } = setUp()
    vi.spyOn(vault, 'set').mockImplementation(() => {
      throw new Error('disk full')
    })
    expect(() => connections.add(draft('one'))).toThrow('disk full')
    expect(connections.list()).toEqual([])
  })

  it('refuse the same project on the same server twice', () => {
    const { connections } = setUp()
    connections.add(draft('one'))
    expect(() => connections.add({ ...draft('one'), endpoint: 'SHOP.example.com' })).toThrow(
      'is this project on this server'
    )
  })

  it('keep the saved key when edited with an empty one, and are tried anew', () => {
    const { connections } = setUp()
    const { connectionId } = connections.add(draft('one'))
    const edited = connections.edit({ ...draft('one'), connectionId, name: 'two', apiKey: '' })
    expect(edited).toMatchObject({ connectionId, name: 'two', revision: 1 })
    expect(connections.keyOf(connectionId)).toBe('key-of-one')
    connections.edit({ ...draft('one'), connectionId, apiKey: 'another' })
    expect(connections.keyOf(connectionId)).toBe('another')
  })

  it('need a key when edited without having one', () => {
    const { connections } = setUp()
    connections.addKeyless(draft('one'))
    const [one] = connections.list()
    const edit = { ...draft('one'), connectionId: one?.connectionId ?? '', apiKey: '' }
    expect(() => connections.edit(edit)).toThrow('Enter an API key')
  })

  it('come in the order the user gave, those left out after them', () => {
    const { connections } = setUp()
    const [a, b, c] = ['a', 'b', 'c'].map((name) => connections.add(draft(name)).connectionId)
    connections.reorder([c ?? '', 'unknown', a ?? ''])
    expect(connections.list().map((one) => one.connectionId)).toEqual([c, a, b])
  })

  it('share a trust by endpoint, which goes with the last of them', () => {
    const { connections, store } = setUp()
    const first = connections.add(draft('one'))
    const second = connections.add(draft('two'))
    connections.setTrust(first.endpoint, pin)
    expect(connections.servers()).toMatchObject([{ trust: pin }])
    connections.remove(first.connectionId)
    expect(connections.trustOf(second.endpoint)).toEqual(pin)
    connections.edit({ ...draft('two', 'other.example.com'), connectionId: second.connectionId, apiKey: '' })
    expect(store.trusts()).toEqual({})
  })
})

describe('a file of connections', () => {
  it('brings back names and addresses in order, without keys', () => {
    const from = setUp()
    for (const name of ['b', 'a', 'c']) from.connections.add(draft(name))
    const text = exportText(from.connections)
    expect(text).not.toContain('key-of')
    const to = setUp()
    to.connections.add(draft('a'))
    const { added, skipped } = importText(to.connections, text)
    expect(added).toBe(2)
    expect(skipped).toEqual([expect.stringMatching(/^a: “a” is this project on this server already/)])
    expect(to.connections.list().map((one) => one.name)).toEqual(['a', 'b', 'c'])
  })

  it.each(['', 'nonsense', '{}', '{"format":"standby-connections","version":9,"connections":[]}', '[]', 'null'])(
    'that is %j is refused before anything is added',
    (text) => {
      const { connections } = setUp()
      expect(() => importText(connections, text)).toThrow('not a file of connections')
      expect(connections.list()).toEqual([])
    }
  )

  it('leaves out what makes no sense, each with its reason', () => {
    const { connections } = setUp()
    const bad = { name: 'bad', endpoint: 'ftp://x', projectId: 'p', environment: 'staging' }
    const good = { name: 'good', endpoint: 'https://x.example/v1', projectId: 'p', environment: 'production' }
    const text = JSON.stringify({ format: 'standby-connections', version: 1, connections: [bad, good] })
    expect(importText(connections, text)).toEqual({ added: 1, skipped: [expect.stringContaining('bad: Only https')] })
  })
})
