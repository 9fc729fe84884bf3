import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import { queues } from '../../../src-main/simulator/world/queue-profiles.ts'
import { ask, askAs, like, told } from './ask.ts'

const atMs = Date.UTC(2026, 10, 24, 14, 20)
const version = '1.5.11'
const twelve = queues.slice(0, 12)
const refused = (status: number, type: string, message: string) => ({
  status,
  body: { message, code: status, type, version }
})

describe('the health endpoints', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7, startMs: atMs, isFrozen: true })
  })
  afterEach(() => simulator.control.undo('all'))
  afterAll(() => simulator.close())
  const get = (path: string) => told(askAs(simulator, path))

  it('answer db, cache, queue and pubsub with lists and a ping of 0', async () => {
    const pass = (name: string) => ({ name, ping: 0, status: 'pass' })
    const list = (...pools: string[]) => ({ status: 200, body: { total: pools.length, statuses: pools.map(pass) } })
    expect(await get('/health/db')).toEqual(list('Console.DB (console)', 'Projects.DB (database_db_main)'))
    expect(await get('/health/cache')).toEqual(list('Cache (cache_redis_main)'))
    expect(await get('/health/queue')).toEqual(list('Queue (queue)'))
    expect(await get('/health/pubsub')).toEqual(list('PubSub (pubsub)'))
    expect(await get('/health')).toEqual({ status: 200, body: pass('http') })
    expect(await get('/health/storage')).toEqual({ status: 200, body: pass('') })
  })

  it('tell the depth of all twelve queues, as the control route has it', async () => {
    const answers = await Promise.all(twelve.map((queue) => get(`/health/queue/${queue}`)))
    const depths = simulator.control.depths(atMs, atMs, 1000).rows[0]?.depths
    expect(answers).toEqual(depths?.map((size) => ({ status: 200, body: { size } })))
  })

  it('answer 503 with the size in the text once a threshold is reached, not before', async () => {
    const size = simulator.control.depths(atMs, atMs, 1000).rows[0]?.depths[queues.indexOf('functions')] ?? 0
    const text = (threshold: number) =>
      `Queue size threshold hit. Current size is ${size} and threshold is ${threshold}.`
    for (const threshold of [size, 0, -1]) {
      expect(await get(`/health/queue/functions?threshold=${threshold}`)).toEqual(
        refused(503, 'health_queue_size_exceeded', text(threshold))
      )
    }
    expect(await get(`/health/queue/functions?threshold=${size + 1}`)).toEqual({ status: 200, body: { size } })
    expect(await get('/health/queue/functions?threshold=99999999999')).toEqual({ status: 200, body: { size } })
  })

  it('take 5000 for the threshold nobody named', async () => {
    simulator.control.start({ kind: 'flood', queue: 'mails', jobs: 5000 })
    const { status, body } = await get('/health/queue/mails')
    expect(status).toBe(503)
    expect(body).toMatchObject({ message: like(/^Queue size .* is 5\d{3} and threshold is 5000\.$/) })
  })

  it.each(['abc', '', '5.5', '1e3', '99999999999999999999'])('refuse %j as a threshold', async (threshold) => {
    const message = 'Invalid `threshold` param: Value must be a valid integer'
    expect(await get(`/health/queue/functions?threshold=${threshold}`)).toEqual(
      refused(400, 'general_argument_invalid', message)
    )
  })

  it('read any Redis list by its name through the databases endpoint', async () => {
    expect(await get('/health/queue/databases?name=v1-audits')).toEqual(await get('/health/queue/logs'))
    expect(await get('/health/queue/databases?name=nothing-here')).toEqual({ status: 200, body: { size: 0 } })
    expect(await get('/health/queue/databases')).toEqual(await get('/health/queue/databases?name=database_db_main'))
  })

  it('count failed jobs by queue name, none under the name no job runs on', async () => {
    expect(await get('/health/queue/failed/v1-database')).toEqual({ status: 200, body: { size: 0 } })
    const { status, body } = await get('/health/queue/failed/v1-functions?threshold=1')
    expect(status).toBe(503)
    expect(body).toMatchObject({
      message: like(/^Queue failed jobs threshold hit\. Current size is \d+ /)
    })
  })

  it('mask what is not public but keep its type', async () => {
    const masked = refused(500, 'general_server_error', 'Server Error')
    for (const check of ['db', 'storage', 'storage-local', 'time', 'anti-virus'] as const) {
      simulator.control.start({ kind: 'check-fail', check })
      expect(await get(`/health/${check.replace('storage-', 'storage/')}`)).toEqual(masked)
    }
    expect(await get('/health/certificate')).toEqual(refused(500, 'general_unknown', 'Server Error'))
  })

  it('tell of a failing pool in a 200 where 1.5 does', async () => {
    simulator.control.start({ kind: 'check-fail', check: 'cache' })
    const statuses = [{ name: 'Cache (cache_redis_main)', ping: 0, status: 'fail' }]
    expect(await get('/health/cache')).toEqual({ status: 200, body: { total: 1, statuses } })
    expect((await get('/health/pubsub')).body).toMatchObject({ statuses: [{ status: 'pass' }] })
  })

  it('show the certificate of a public host and refuse the others', async () => {
    const { status, body } = await get('/health/certificate?domain=https://appwrite.example.com/')
    expect({ status, body }).toMatchObject({ status: 200, body: { name: '/CN=appwrite.example.com' } })
    const both = 'Invalid `domain` param: 1. Value must be a valid domain \n2. Value must be a public domain \n'
    for (const domain of ['localhost', 'intranet.local', 'no domain', '127.0.0.1', '']) {
      expect(await get(`/health/certificate?domain=${encodeURIComponent(domain)}`)).toEqual(
        refused(400, 'general_argument_invalid', both)
      )
    }
    expect((await get('/health/certificate?domain=example.com')).body).toMatchObject({ type: 'health_invalid_host' })
  })

  it('escape slashes as PHP does', async () => {
    expect((await askAs(simulator, '/health/certificate?domain=appwrite.example.com')).body).toContain('"\\/CN=')
  })
})

describe('project and key', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7 })
  })
  afterEach(() => simulator.control.undo('all'))
  afterAll(() => simulator.close())
  const guest = (scope: string) =>
    refused(401, 'general_unauthorized_scope', `User (role: guests) missing scope (${scope})`)

  it('make a guest of a key of another project, of no key, and of any key when none is known', async () => {
    const other = simulator.projects[1]?.apiKey ?? ''
    expect(await told(askAs(simulator, '/health', { 'X-Appwrite-Key': other }))).toEqual(guest('health.read'))
    expect(await told(askAs(simulator, '/health', { 'X-Appwrite-Key': '' }))).toEqual(guest('health.read'))
    simulator.control.start({ kind: 'wrong-key' })
    expect(await told(askAs(simulator, '/health'))).toEqual(guest('health.read'))
    simulator.control.undo({ kind: 'wrong-key' })
    expect((await askAs(simulator, '/health')).status).toBe(200)
  })

  it('let a project be named in the query, which wins over the header', async () => {
    const asked = `?project=${simulator.projectId}`
    expect((await askAs(simulator, `/health${asked}`, { 'X-Appwrite-Project': 'elsewhere' })).status).toBe(200)
  })

  it('look at the project before the key, the key before the scope, the scope before the parameters', async () => {
    const types = await Promise.all([
      told(askAs(simulator, '/nope', { 'X-Appwrite-Project': 'elsewhere' })),
      told(askAs(simulator, '/nope', { 'X-Appwrite-Key': simulator.projects[0]?.expiredKey ?? '' })),
      told(askAs(simulator, '/health/queue/functions?threshold=abc', { 'X-Appwrite-Key': 'unknown' })),
      told(askAs(simulator, '/nope', { 'X-Appwrite-Key': 'unknown' }))
    ])
    expect(types.map(({ body }) => (body as { type: string }).type)).toEqual([
      'project_not_found',
      'project_key_expired',
      'general_unauthorized_scope',
      'general_route_not_found'
    ])
  })

  it('give the version without a key only', async () => {
    const project = { 'X-Appwrite-Project': simulator.projectId }
    expect(await told(ask(`${simulator.endpoint}/health/version`, { headers: project }))).toEqual({
      status: 200,
      body: { version }
    })
    expect((await askAs(simulator, '/health/version')).status).toBe(401)
  })

  it('tell all versions outside the API, and nothing else there', async () => {
    const root = simulator.endpoint.replace(/\/v1$/, '')
    expect((await told(ask(`${root}/versions`))).body).toMatchObject({ server: version })
    const nothing = await ask(`${root}/nope`)
    expect({ ...nothing, headers: nothing.headers['Content-Type'] }).toMatchObject({
      status: 404,
      body: 'Not Found',
      headers: 'text/plain; charset=UTF-8'
    })
  })

  it('compress when asked to', async () => {
    const zipped = await askAs(simulator, '/health', { 'Accept-Encoding': 'br, gzip' })
    expect(zipped.headers['Content-Encoding']).toBe('gzip')
    expect(zipped.body).toBe('{"name":"http","ping":0,"status":"pass"}')
    expect((await askAs(simulator, '/health')).headers).not.toHaveProperty('Content-Encoding')
  })
})
