import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import { checks } from '../../../src-main/simulator/world/troubles.ts'
import { ask, askAs, command, like, told } from './ask.ts'

const startMs = Date.UTC(2026, 10, 24, 12)

describe('scripted trouble', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7, startMs, isFrozen: true })
  })
  afterEach(() => {
    simulator.control.undo('all')
    simulator.control.upgrade('1.5.11')
    simulator.control.setTo(startMs)
  })
  afterAll(() => simulator.close())
  const start = (trouble: unknown) => command(simulator, 'POST', '/trouble', trouble)
  const health = () => askAs(simulator, '/health')

  type Words = Readonly<Record<string, unknown>>
  const started: readonly (readonly [trouble: Words, defaults: Words])[] = [
    [{ kind: 'silent-consumer', queue: 'mails' }, {}],
    [{ kind: 'bad-deployment' }, { failRate: 0.4 }],
    [{ kind: 'bad-deployment', functionId: 'thumbnails', failRate: 1 }, {}],
    [{ kind: 'wedged-build' }, {}],
    [{ kind: 'missed-cron', functionId: 'nightly' }, {}],
    [{ kind: 'database-down', holdMs: 5 }, {}],
    [{ kind: 'redis-down' }, {}],
    [{ kind: 'restart-owed' }, {}],
    [{ kind: 'revoked-key', projectId: 'storefront' }, {}],
    [{ kind: 'rate-limit' }, { retryAfterS: 30, body: 'html' }],
    [{ kind: 'slow-drip' }, { msPerByte: 50 }],
    [{ kind: 'garbage', body: 'cut-short' }, {}],
    ...checks.map((check) => [{ kind: 'check-fail', check }, {}] as const)
  ]
  it.each(started)('is started by %j, told, and undone by the same words', async (trouble, defaults) => {
    const standing = { troubles: [{ ...trouble, ...defaults, sinceMs: startMs }] }
    expect(await start(trouble)).toEqual({ status: 200, body: standing })
    expect(await start(trouble)).toEqual({ status: 200, body: standing })
    expect(await command(simulator, 'DELETE', '/trouble', trouble)).toEqual({ status: 200, body: { troubles: [] } })
  })

  it.each([
    { kind: 'bad-deployment', failRate: 1.5 },
    { kind: 'bad-deployment', functionId: '../x' },
    { kind: 'silent-consumer' },
    { kind: 'revoked-key' },
    { kind: 'rate-limit', body: 'xml' },
    { kind: 'garbage' },
    { kind: 'redis-down', holdMs: 0 },
    { kind: 'slow-drip', msPerByte: 'slow' },
    { kind: 'restart-owed', why: 'because' }
  ])('is not started by %j', async (trouble) => {
    expect(await start(trouble)).toEqual({ status: 400, body: { message: like(/^Field .+\.$/) } })
    expect(simulator.control.troubles()).toEqual([])
  })

  it('stands beside the same trouble of another function, and ends alone', async () => {
    await start({ kind: 'bad-deployment', functionId: 'a' })
    await start({ kind: 'bad-deployment' })
    await command(simulator, 'DELETE', '/trouble', { kind: 'bad-deployment', functionId: 'a' })
    expect(simulator.control.troubles()).toEqual([{ kind: 'bad-deployment', failRate: 0.4, sinceMs: startMs }])
  })

  it('lets a silent consumer take nothing and fail nothing', async () => {
    const failed = async () => {
      const { body } = await told(askAs(simulator, '/health/queue/failed/v1-functions?threshold=1000000'))
      return (body as { size: number }).size
    }
    const depth = () => {
      const { nowMs } = simulator.control.clock()
      const { queues, rows } = simulator.control.depths(nowMs, nowMs, 1)
      return rows[0]?.depths[queues.indexOf('functions')] ?? Number.NaN
    }
    const [depthBefore, failedBefore] = [depth(), await failed()]
    await start({ kind: 'silent-consumer', queue: 'functions' })
    simulator.control.step(30 * 24 * 3_600_000)
    expect(depth() - depthBefore).toBeGreaterThan(1_000_000)
    expect(Math.abs((await failed()) - failedBefore)).toBeLessThanOrEqual(1)
    simulator.control.undo('all')
    simulator.control.step(30 * 24 * 3_600_000)
    expect((await failed()) - failedBefore).toBeGreaterThan(10)
  })

  it('revokes the keys of one project only', async () => {
    const [first, second] = simulator.projects
    await start({ kind: 'revoked-key', projectId: first?.projectId })
    expect((await health()).status).toBe(401)
    const other = { 'X-Appwrite-Project': second?.projectId ?? '', 'X-Appwrite-Key': second?.apiKey ?? '' }
    expect((await askAs(simulator, '/health', other)).status).toBe(200)
    simulator.control.upgrade('1.8.1')
    expect((await told(health())).body).toMatchObject({ type: 'user_unauthorized' })
  })

  it('has a proxy limit the rate, in a page or in JSON of its own', async () => {
    await start({ kind: 'rate-limit', retryAfterS: 7 })
    expect(await health()).toMatchObject({ status: 429, headers: { 'Retry-After': '7', 'Content-Type': 'text/html' } })
    await start({ kind: 'rate-limit', body: 'json' })
    const json = await health()
    expect(json.headers).toMatchObject({ 'Retry-After': '30', 'Content-Type': 'application/json' })
    expect(JSON.parse(json.body)).not.toHaveProperty('type')
  })

  it('makes garbage of answers: a page of the proxy, half a JSON, another shape, a body that ends too early', async () => {
    await start({ kind: 'garbage', body: 'html-502' })
    expect(await health()).toMatchObject({ status: 502, body: like(/^<html>/) })
    await start({ kind: 'garbage', body: 'invalid-json' })
    const half = await health()
    expect(half.status).toBe(200)
    expect(() => JSON.parse(half.body) as unknown).toThrow(SyntaxError)
    await start({ kind: 'garbage', body: 'wrong-shape' })
    expect(await told(health())).toMatchObject({ status: 200, body: { size: 'many' } })
    await start({ kind: 'garbage', body: 'cut-short' })
    await expect(health()).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('lets a body arrive byte by byte', async () => {
    await start({ kind: 'slow-drip', msPerByte: 5 })
    const slow = await health()
    expect(slow.body).toBe('{"name":"http","ping":0,"status":"pass"}')
    expect(slow.elapsedMs).toBeGreaterThan(150)
  })

  it('holds requests of 1.9 without Redis and then serves most of them', async () => {
    simulator.control.upgrade('1.9.6')
    await start({ kind: 'redis-down', holdMs: 120 })
    const [served, queue] = await Promise.all([health(), askAs(simulator, '/health/queue/functions')])
    expect(served.status).toBe(200)
    expect(JSON.parse(queue.body)).toMatchObject({ code: 500, type: 'general_unknown' })
    expect(Math.min(served.elapsedMs, queue.elapsedMs)).toBeGreaterThan(110)
    const signal = AbortSignal.timeout(400)
    await expect(fetch(`${simulator.endpoint}/health/cache`, { signal })).rejects.toMatchObject({
      name: 'TimeoutError'
    })
  })

  it('keeps the queues of 1.9 broken until Appwrite is restarted', async () => {
    simulator.control.upgrade('1.9.6')
    await start({ kind: 'restart-owed' })
    expect((await health()).status).toBe(200)
    expect((await askAs(simulator, '/health/queue/mails')).status).toBe(500)
    await command(simulator, 'DELETE', '/trouble')
    expect((await askAs(simulator, '/health/queue/mails')).status).toBe(200)
  })

  it('refuses a body beyond 12 MiB before it looks at it', async () => {
    const headers = { 'Content-Type': 'application/json', 'X-Appwrite-Project': simulator.projectId }
    const sent = ask(`${simulator.endpoint}/graphql`, {
      method: 'POST',
      headers,
      body: 'x'.repeat(12 * 1024 * 1024 + 1)
    })
    expect(await sent).toMatchObject({ status: 413, body: '' })
  })
})
