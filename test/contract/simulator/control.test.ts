import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import { ask, askAs, command, like, told } from './ask.ts'

const startMs = Date.UTC(2026, 10, 24, 12)

describe('the control route', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7, projects: 3, startMs, isFrozen: true })
  })
  afterEach(() => {
    simulator.control.undo('all')
    simulator.control.freeze()
    simulator.control.setTo(startMs)
  })
  afterAll(() => simulator.close())
  const say = (method: string, verb: string, body?: unknown) => command(simulator, method, verb, body)
  const clock = (nowMs: number, isFrozen = true) => ({ status: 200, body: { nowMs, isFrozen } })

  it('steps and sets a frozen clock, which the server answers from', async () => {
    expect(await say('GET', '/clock')).toEqual(clock(startMs))
    expect(await say('POST', '/clock', { stepMs: 90_000 })).toEqual(clock(startMs + 90_000))
    const { body } = await told(askAs(simulator, '/health/time'))
    expect(body).toMatchObject({ localTime: (startMs + 90_000) / 1000, diff: 0 })
    expect((await askAs(simulator, '/health')).headers.Date).toBe('Tue, 24 Nov 2026 12:01:30 GMT')
    expect(await say('POST', '/clock', { stepMs: -90_000 })).toEqual(clock(startMs))
    expect(await say('POST', '/clock', { setMs: 1_000_000 })).toEqual(clock(1_000_000))
  })

  it('lets the clock run on from where it stood, and freezes it', async () => {
    expect(await say('POST', '/clock', { resume: true })).toMatchObject({ body: { isFrozen: false } })
    await expect.poll(() => simulator.control.clock().nowMs).toBeGreaterThan(startMs)
    expect(simulator.control.clock().nowMs).toBeLessThan(startMs + 20_000)
    const frozen = await say('POST', '/clock', { freeze: true })
    expect(await say('GET', '/clock')).toEqual(frozen)
  })

  it('starts troubles, lists them, replaces one of the same target, and undoes one or all', async () => {
    const flood = { kind: 'flood', queue: 'functions', perMinute: 600 }
    const stop = { kind: 'stop-worker', queue: 'mails' }
    const sinceMs = startMs
    await say('POST', '/trouble', { ...flood, perMinute: 5 })
    await say('POST', '/trouble', stop)
    const both = {
      troubles: [
        { ...stop, sinceMs },
        { ...flood, sinceMs }
      ]
    }
    expect(await say('POST', '/trouble', flood)).toEqual({ status: 200, body: both })
    const state = { clock: { nowMs: startMs, isFrozen: true }, version: { name: '1.5.11', told: '1.5.11' } }
    expect(await say('GET', '')).toEqual({ status: 200, body: { ...state, ...both } })
    expect(await say('DELETE', '/trouble', { kind: 'flood', queue: 'builds' })).toEqual({ status: 200, body: both })
    const left = { status: 200, body: { troubles: [{ ...stop, sinceMs }] } }
    expect(await say('DELETE', '/trouble', flood)).toEqual(left)
    expect(await say('DELETE', '/trouble')).toEqual({ status: 200, body: { troubles: [] } })
  })

  it('floods a queue in the eyes of the API', async () => {
    await say('POST', '/trouble', { kind: 'flood', queue: 'builds', jobs: 7000 })
    expect((await askAs(simulator, '/health/queue/builds')).status).toBe(503)
    await say('DELETE', '/trouble')
    await say('POST', '/clock', { stepMs: 3_600_000 })
    expect((await askAs(simulator, '/health/queue/builds')).status).toBe(200)
  })

  it('tells past depths', async () => {
    const query = `?fromMs=${startMs - 3_600_000}&toMs=${startMs}&stepMs=10000`
    const { status, body } = await say('GET', `/depths${query}`)
    expect({ status, body }).toEqual({
      status: 200,
      body: simulator.control.depths(startMs - 3_600_000, startMs, 10_000)
    })
    expect(body).toHaveProperty('rows.length', 361)
  })

  it.each([
    ['POST', '/clock', { freeze: true, stepMs: 1 }],
    ['POST', '/clock', { stepMs: '5' }],
    ['POST', '/clock', {}],
    ['POST', '/clock', [1]],
    ['POST', '/clock', { freeze: false }],
    ['POST', '/trouble', { kind: 'plague' }],
    ['POST', '/trouble', { kind: 'toString' }],
    ['POST', '/trouble', { kind: 'flood', queue: 'nope', jobs: 1 }],
    ['POST', '/trouble', { kind: 'flood', queue: 'mails' }],
    ['POST', '/trouble', { kind: 'flood', queue: 'mails', jobs: 1, perMinute: 1 }],
    ['POST', '/trouble', { kind: 'latency', ms: -1 }],
    ['POST', '/trouble', { kind: 'cut', hard: true }],
    ['POST', '/trouble', null],
    ['DELETE', '/trouble', { queue: 'mails' }],
    ['GET', '/depths?fromMs=0&toMs=1', undefined],
    ['GET', '/depths?fromMs=0&toMs=1000000000&stepMs=1', undefined],
    ['GET', '/depths?fromMs=&toMs=5&stepMs=1', undefined]
  ])('refuses nonsense with a sentence: %s %s %j', async (method, verb, body) => {
    const refusal = await say(method, verb, body)
    expect(refusal).toEqual({ status: 400, body: { message: like(/^[A-Z].+\.$/) } })
    expect(simulator.control.troubles()).toEqual([])
    expect(simulator.control.clock()).toEqual({ nowMs: startMs, isFrozen: true })
  })

  it('is there for its token and for this machine only', async () => {
    const { controlUrl } = simulator
    const wrong = controlUrl.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    expect((await told(ask(`${wrong}/clock`))).status).toBe(404)
    expect((await told(ask(new URL('/', controlUrl).href))).status).toBe(404)
    expect((await told(ask(`${controlUrl}/nothing`))).status).toBe(404)
    expect((await told(ask(`${controlUrl}/clock`, { headers: { Host: 'evil.example:80' } }))).status).toBe(403)
    expect((await told(ask(`${controlUrl}/clock`, { method: 'POST', body: '{' }))).status).toBe(400)
    expect((await ask(`${simulator.endpoint}/${controlUrl.split('/').at(-1)}/clock`)).status).toBe(404)
  })

  it('counts requests by method, path and project, tells the last ones without a key, and forgets on demand', async () => {
    await say('DELETE', '/requests')
    await askAs(simulator, '/health')
    await askAs(simulator, '/health?threshold=3')
    await askAs(simulator, '/health', { 'X-Appwrite-Project': simulator.projects[1]?.projectId ?? '' })
    await ask(`${simulator.endpoint}/health/db?key=${simulator.apiKey}`, { method: 'HEAD' })
    const { body } = await say('GET', '/requests')
    const { projectId } = simulator
    expect(body).toMatchObject({
      sinceMs: startMs,
      total: 4,
      cutConnections: 0,
      counts: [
        { method: 'GET', path: '/v1/health', projectId, count: 2 },
        { method: 'GET', path: '/v1/health', projectId: simulator.projects[1]?.projectId, count: 1 },
        { method: 'HEAD', path: '/v1/health/db', projectId: null, count: 1 }
      ],
      last: [
        { search: '', hasKey: true, status: 200 },
        { search: 'threshold=3', hasKey: true, status: 200 },
        { hasKey: true, status: 401 },
        { search: 'key=…', hasKey: false, status: 401, headerNames: ['connection', 'host'] }
      ]
    })
    expect(JSON.stringify(body)).not.toContain(simulator.apiKey)
    expect(await say('DELETE', '/requests')).toMatchObject({ body: { total: 0, counts: [], last: [] } })
  })
})

describe('trouble with the server', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7 })
  })
  afterEach(() => simulator.control.undo('all'))
  afterAll(() => simulator.close())

  it('holds every answer back by the latency', async () => {
    simulator.control.start({ kind: 'latency', ms: 300 })
    const slow = await askAs(simulator, '/health')
    expect(slow.elapsedMs).toBeGreaterThan(290)
    expect(Number(slow.headers['X-Debug-Speed'])).toBeGreaterThan(0.3)
    simulator.control.undo('all')
    expect((await askAs(simulator, '/health')).elapsedMs).toBeLessThan(250)
  })

  it('resets waiting requests and new connections while it is cut, and serves again after', async () => {
    simulator.control.resetRequests()
    simulator.control.start({ kind: 'latency', ms: 60_000 })
    const waiting = askAs(simulator, '/health')
    const refusal = expect(waiting).rejects.toMatchObject({ code: 'ECONNRESET' })
    await expect.poll(() => simulator.control.requests().total).toBe(1)
    simulator.control.start({ kind: 'cut' })
    await refusal
    await expect(askAs(simulator, '/health')).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(simulator.control.requests()).toMatchObject({ total: 1, cutConnections: 1, last: [{ status: null }] })
    simulator.control.undo('all')
    expect((await askAs(simulator, '/health')).status).toBe(200)
  })

  it('answers with a page without its database, and from its web server without Redis', async () => {
    simulator.control.start({ kind: 'database-down' })
    const page = await askAs(simulator, '/health/queue/functions')
    expect(page).toMatchObject({ status: 500, headers: { 'Content-Type': 'text/html; charset=UTF-8' } })
    simulator.control.start({ kind: 'redis-down' })
    const crash = await ask(`${simulator.endpoint}/health/version`)
    expect(JSON.parse(crash.body)).toEqual({ message: 'Error: Server Error', code: 500, version: '1.5.11' })
    simulator.control.undo({ kind: 'redis-down' })
    simulator.control.undo({ kind: 'database-down' })
    expect((await askAs(simulator, '/health/queue/functions')).status).toBe(200)
  })

  it('says that a version or a port cannot be had', async () => {
    await expect(startSimulator({ version: '0.9' })).rejects.toThrow(
      'Appwrite 0.9 cannot be simulated; supported: 1.5.11, 1.6.1, 1.6.2, 1.7.5, 1.8.1, 1.9.6, main.'
    )
    const port = Number(new URL(simulator.endpoint).port)
    await expect(startSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await expect(startSimulator({ controlPort: port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})
