import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import { isFrom } from '../../../src-main/simulator/versions/version.ts'
import { supportedVersions, versionNamed } from '../../../src-main/simulator/versions/versions.ts'
import { ask, askAs, command, like, told } from './ask.ts'

/** Status of a path for every version, oldest first. */
const offered: Readonly<Record<string, readonly number[]>> = {
  '/health': [200, 200, 200, 200, 200, 200, 200],
  '/health/queue': [200, 200, 404, 404, 404, 404, 404],
  '/health/queue/usage': [200, 200, 404, 404, 404, 404, 404],
  '/health/queue/usage-dump': [200, 200, 404, 404, 404, 404, 404],
  '/health/queue/stats-usage': [404, 404, 200, 200, 200, 200, 404],
  '/health/queue/stats-resources': [404, 404, 200, 200, 200, 200, 404],
  '/health/queue/audits': [404, 404, 404, 404, 404, 200, 404],
  '/health/queue/logs': [200, 200, 200, 200, 200, 200, 404],
  '/health/queue/databases': [200, 200, 200, 200, 200, 200, 404],
  '/health/queue/failed/v1-functions': [200, 200, 200, 200, 200, 200, 200],
  '/health/queue/failed/v1-usage': [200, 200, 400, 400, 400, 400, 400],
  '/health/queue/failed/v1-stats-usage': [400, 400, 200, 200, 200, 200, 200],
  '/health/queue/failed/v1-screenshots': [400, 400, 400, 400, 400, 200, 200],
  '/health/queue/failed/v1-notifications': [400, 400, 400, 400, 400, 400, 200],
  '/health/geo': [404, 404, 404, 404, 404, 404, 200],
  '/ping': [404, 404, 200, 200, 200, 200, 200]
}

const guest = (text: string) => `User (role: guests) ${text}`

describe.each(supportedVersions)('Appwrite %s', (version) => {
  const at = supportedVersions.indexOf(version)
  const { told: own } = versionNamed(version)
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7, version, isFrozen: true, startMs: Date.UTC(2026, 10, 24, 4) })
  })
  afterEach(() => simulator.control.undo('all'))
  afterAll(() => simulator.close())
  const bodyOf = async (path: string, headers?: Record<string, string>) =>
    (await told(askAs(simulator, path, headers))).body

  it('offers what it had then', async () => {
    const paths = Object.keys(offered)
    const statuses = await Promise.all(paths.map(async (path) => (await askAs(simulator, path)).status))
    expect(Object.fromEntries(paths.map((path, index) => [path, statuses[index]]))).toEqual(
      Object.fromEntries(paths.map((path) => [path, offered[path]?.[at]]))
    )
  })

  it('says which version it is', async () => {
    expect(await told(ask(`${simulator.endpoint}/health/version`))).toEqual({ status: 200, body: { version: own } })
  })

  it('takes an unknown key for none, or refuses it', async () => {
    const key = { 'X-Appwrite-Key': `${simulator.apiKey.slice(0, -1)}z` }
    expect(await bodyOf('/health', key)).toMatchObject({
      type: isFrom(versionNamed(version), '1.6.2') ? 'user_unauthorized' : 'general_unauthorized_scope'
    })
    const other = { 'X-Appwrite-Key': 'organization_ff' }
    expect(await bodyOf('/health', other)).toMatchObject({ message: like(/^User \(role: guests\) missing scope/) })
  })

  it('makes keys with the prefix of its time', () => {
    expect(simulator.apiKey).toMatch(version === '1.5.11' ? /^[0-9a-f]{256}$/ : /^standard_[0-9a-f]{256}$/)
  })

  it('names a missing scope in its own words', async () => {
    const text = isFrom(versionNamed(version), '1.8')
      ? 'missing scopes (["health.read"])'
      : 'missing scope (health.read)'
    expect(await bodyOf('/health', { 'X-Appwrite-Key': '' })).toMatchObject({ message: guest(text) })
  })

  it('tells of a route that is not there by JSON, or by a page from 1.9.5 on', async () => {
    const isPage = isFrom(versionNamed(version), '1.9.5')
    const { status, headers, body } = await askAs(simulator, '/nope', { Accept: 'application/json' })
    expect({ status, type: headers['Content-Type'] }).toEqual({
      status: 404,
      type: isPage ? 'text/html; charset=UTF-8' : 'application/json; charset=UTF-8'
    })
    expect(body).toContain('general_route_not_found')
  })

  it('fails its cache check softly until 1.7.1, with a 500 after', async () => {
    simulator.control.start({ kind: 'check-fail', check: 'cache' })
    const isSoft = !isFrom(versionNamed(version), '1.7.2')
    expect((await askAs(simulator, '/health/cache')).status).toBe(isSoft ? 200 : 500)
    simulator.control.start({ kind: 'check-fail', check: 'storage' })
    const type = isFrom(versionNamed(version), '1.9') ? 'general_unknown' : 'general_server_error'
    expect(await bodyOf('/health/storage')).toMatchObject({ type, code: 500 })
  })

  it('measures a ping from 1.9 on and says 0 before', async () => {
    const pings: number[] = []
    for (let second = 0; second < 40; second++) {
      simulator.control.step(1000)
      pings.push(((await bodyOf('/health/storage')) as { ping: number }).ping)
    }
    expect(Math.max(...pings) > 0).toBe(isFrom(versionNamed(version), '1.9'))
    expect(pings.every((ping) => Number.isInteger(ping) && ping < 10)).toBe(true)
  })

  it('warns of a response format that is newer than itself, and of no other', async () => {
    const warning = async (format: string) =>
      (await askAs(simulator, '/health', { 'X-Appwrite-Response-Format': format })).headers['X-Appwrite-Warning']
    expect(await warning('9.9.0')).toContain(`version is ${own}.`)
    expect(await warning(own)).toBeUndefined()
    expect(await warning('nonsense')).toBeUndefined()
  })

  it('compresses small answers too until 1.5', async () => {
    const small = await askAs(simulator, '/health', { 'Accept-Encoding': 'gzip' })
    expect(small.headers['Content-Encoding']).toBe(version === '1.5.11' ? 'gzip' : undefined)
    const large = await askAs(simulator, '/locale/countries', { 'Accept-Encoding': 'gzip' })
    expect(large.headers['Content-Encoding']).toBe('gzip')
    expect(JSON.parse(large.body)).toMatchObject({ total: 197 })
  })
})

describe('an upgrade of a running server', () => {
  it('changes routes and refusals at once and keeps keys, queues and troubles', async () => {
    const simulator = await startSimulator({ seed: 7, isFrozen: true, startMs: Date.UTC(2026, 10, 24, 4) })
    const size = async (path: string) => (await told(askAs(simulator, `/health/queue/${path}`))).body
    simulator.control.start({ kind: 'flood', queue: 'usage', jobs: 1000 })
    const before = { functions: await size('functions'), usage: await size('usage') }
    expect((await askAs(simulator, '/health/queue/stats-usage')).status).toBe(404)

    expect(await command(simulator, 'POST', '/version', { version: '1.9.6' })).toEqual({
      status: 200,
      body: { name: '1.9.6', told: '1.9.6' }
    })
    expect(await size('functions')).toEqual(before.functions)
    expect(await size('stats-usage')).toEqual(before.usage)
    expect((await askAs(simulator, '/health/queue/usage')).status).toBe(404)
    const executions = await size('databases?name=v1-executions')
    expect((executions as { size: number }).size).toBeGreaterThan(0)
    expect(simulator.control.depths(0, 0, 1).queues).toContain('executions')

    expect(await command(simulator, 'POST', '/version', { version: 'main' })).toMatchObject({
      body: { name: 'main', told: '1.9.6' }
    })
    expect((await askAs(simulator, '/health/queue/functions')).status).toBe(404)
    const refusal = await command(simulator, 'POST', '/version', { version: '3.0.0' })
    expect(refusal).toEqual({ status: 400, body: { message: like(/^Field "version" must be one of 1\.5\.11, /) } })
    expect(await command(simulator, 'GET', '/version')).toMatchObject({ body: { name: 'main' } })
    await simulator.close()
  })
})

describe('the order of versions', () => {
  it('is that of their numbers, and main comes after all', () => {
    const from = (name: string, release: string) => isFrom(versionNamed(name), release)
    expect([from('1.5.11', '1.5'), from('1.5.11', '1.5.2'), from('1.6.1', '1.6.2'), from('1.9.6', '1.10')]).toEqual([
      true,
      true,
      false,
      false
    ])
    expect([from('main', '1.9.7'), from('1.7.5', '1.7.5'), from('1.7.5', '2')]).toEqual([true, true, false])
  })
})
