import { describe, expect, it } from 'vitest'
import type { Health } from '../../../src-main/appwrite/health.ts'
import { queueNames } from '../../support/queue-names.ts'
import { apiKey, faultFrom, listenHttp, never, replying, type Listener } from './listener.ts'
import { healthOf, listening } from './open.ts'

const answering = (status: number, body: unknown, headers = {}): Promise<Listener> =>
  listening(listenHttp(replying(status, JSON.stringify(body), headers)))

const pass = { name: 'http', ping: 3, status: 'pass' }

/** Every check of the resource, with a reply that fits it. */
const checks: readonly (readonly [string, (health: Health) => Promise<{ value: unknown }>, unknown])[] = [
  ['version', (health) => health.version(never), { version: '1.5.11' }],
  ['http', (health) => health.http(never), pass],
  ['db', (health) => health.db(never), { total: 1, statuses: [pass] }],
  ['cache', (health) => health.cache(never), { total: 1, statuses: [pass] }],
  ['queue', (health) => health.queue(never), { total: 1, statuses: [pass] }],
  ['pubsub', (health) => health.pubsub(never), { total: 1, statuses: [pass] }],
  ['storage', (health) => health.storage(never), pass],
  ['storageLocal', (health) => health.storageLocal(never), pass],
  ['time', (health) => health.time(never), { remoteTime: 1_795_472_980, localTime: 1_795_472_978, diff: 2 }],
  ['antiVirus', (health) => health.antiVirus(never), { version: '', status: 'disabled' }],
  [
    'certificate',
    (health) => health.certificate('a.example', never),
    { name: '/CN=a', subjectSN: 'a', issuerOrganisation: 'R3', validFrom: 1, validTo: 2, signatureTypeSN: 'x' }
  ],
  ['depth', (health) => health.depth('mails', never), { size: 3 }],
  ['failed', (health) => health.failed('mails', never), { size: 3 }]
]

describe('health', () => {
  it('asks the paths of the API, all with GET', async () => {
    const bodies: Record<string, unknown> = {}
    const server = await listening(
      listenHttp((request, response) => response.end(JSON.stringify(bodies[(request.url ?? '').split('?')[0] ?? ''])))
    )
    const paths = ['/health/version', '/health', '/health/db', '/health/cache', '/health/queue', '/health/pubsub']
    paths.push('/health/storage', '/health/storage/local', '/health/time', '/health/anti-virus', '/health/certificate')
    paths.push('/health/queue/mails', '/health/queue/failed/v1-mails')
    const health = healthOf(server)
    for (const [index, [, ask, body]] of checks.entries()) {
      bodies[`/v1${paths[index]}`] = body
      await ask(health)
    }
    const queries = ['?domain=a.example', '?threshold=2147483647', '?threshold=2147483647']
    const urls = paths.map((path, index) => `/v1${path}${queries[index - 10] ?? ''}`)
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(urls.map((url) => `GET ${url}`))
    expect(server.seen.map(({ headers }) => headers['x-appwrite-key'])).toEqual([
      undefined,
      ...Array.from({ length: 12 }, () => apiKey)
    ])
  })

  it('tells failed jobs by the names of 1.5', async () => {
    const server = await answering(200, { size: 0 })
    for (const queue of queueNames) await healthOf(server).failed(queue, never)
    expect(server.seen.map(({ url }) => url.replace(/^.*failed\/|\?.*$/g, '')).sort()).toEqual(
      (
        'v1-audits v1-builds v1-certificates v1-database v1-deletes v1-functions v1-mails v1-messaging v1-migrations ' +
        'v1-usage v1-usage-dump v1-webhooks'
      ).split(' ')
    )
  })

  it.each(checks)('never takes another shape for an answer: %s', async (_, ask) => {
    const others = [{}, [], [pass], { status: 'ok' }, { message: 'x', code: 200, version: '1.5.11' }, { size: '3' }]
    for (const body of others) {
      const server = await answering(200, body)
      expect(await faultFrom(ask(healthOf(server))), JSON.stringify(body)).toMatchObject({ code: 'server' })
    }
    for (const text of ['', 'null', '"pass"', '3', 'true', '{"status":"pass"', '<html>pass</html>']) {
      const server = await listening(listenHttp(replying(200, text)))
      expect(await faultFrom(ask(healthOf(server))), text).toMatchObject({ code: 'server' })
    }
  })

  it.each(checks)('tells how long it took, here and there: %s', async (_, ask, body) => {
    const server = await answering(200, body, { 'X-Debug-Speed': '0.5' })
    const timed = await ask(healthOf(server))
    expect(timed).toMatchObject({ serverMs: 500 })
    expect(timed).toHaveProperty('elapsedMs', expect.any(Number))
  })

  it('reads what each check says', async () => {
    const values = []
    for (const [name, ask, body] of checks) {
      values.push([name, (await ask(healthOf(await answering(200, body)))).value])
    }
    const component = { name: 'http', isPassing: true, pingMs: 3 }
    expect(Object.fromEntries(values)).toEqual({
      version: '1.5.11',
      http: component,
      db: [component],
      cache: [component],
      queue: [component],
      pubsub: [component],
      storage: component,
      storageLocal: component,
      time: { localAtMs: 1_795_472_978_000, offsetMs: 2000 },
      antiVirus: { status: 'disabled', version: '' },
      certificate: { subject: 'a', issuer: 'R3', validFromMs: 1000, validToMs: 2000 },
      depth: 3,
      failed: 3
    })
  })

  it.each(['db', 'cache', 'queue', 'pubsub'] as const)('reads a single object as a list of one: %s', async (name) => {
    const server = await answering(200, { name: 'Redis', ping: 0, status: 'fail' })
    expect((await healthOf(server)[name](never)).value).toEqual([{ name: 'Redis', isPassing: false, pingMs: 0 }])
  })

  it('names the field that does not fit', async () => {
    const wrong: readonly (readonly [unknown, string])[] = [
      [{ statuses: [pass, { ...pass, ping: -1 }] }, 'statuses[1].ping'],
      [{ statuses: [{ ...pass, status: 'Pass' }] }, 'statuses[0].status'],
      [{ statuses: [] }, 'statuses'],
      [{ statuses: null }, 'statuses'],
      [{ statuses: [{ ...pass, name: 'x'.repeat(257) }] }, 'statuses[0].name'],
      [{ statuses: Array.from({ length: 101 }, () => pass) }, 'statuses'],
      [{ status: 'pass' }, 'name']
    ]
    for (const [body, field] of wrong) {
      const fault = await faultFrom(healthOf(await answering(200, body)).db(never))
      expect(fault.message, field).toContain(`“${field}”`)
    }
  })

  it('takes no clock that contradicts itself', async () => {
    const server = await answering(200, { remoteTime: 1_795_473_100, localTime: 1_795_472_978, diff: 0 })
    expect((await faultFrom(healthOf(server).time(never))).message).toContain('“diff”')
  })

  it('takes the moments of a certificate as numbers and as text', async () => {
    const body = { name: '/CN=a', validFrom: '1704200998', validTo: '1711976997' }
    const { value } = await healthOf(await answering(200, body)).certificate('a.example', never)
    expect(value).toEqual({ subject: '/CN=a', issuer: '', validFromMs: 1704200998000, validToMs: 1711976997000 })
  })

  it('shows the name of a component without control characters', async () => {
    const server = await answering(200, { ...pass, name: 'a\u0007\u202eb\nc' })
    expect((await healthOf(server).http(never)).value.name).toBe('ab c')
  })

  it('waits longer for the time server and the certificate than for the rest', async () => {
    const server = await listening(
      listenHttp((request, response) => {
        const isTime = request.url === '/v1/health/time'
        const body = isTime ? checks[8]?.[2] : checks[10]?.[2]
        setTimeout(() => response.end(JSON.stringify(body)), 300)
      })
    )
    const health = healthOf(server, { deadlineMs: 100 })
    expect((await health.time(never)).value.offsetMs).toBe(2000)
    expect((await health.certificate('a.example', never)).value.subject).toBe('a')
    expect(await faultFrom(health.storage(never))).toMatchObject({ code: 'timeout' })
  })
})

describe('a depth', () => {
  const exceeded = (message: string) =>
    answering(503, { message, code: 503, type: 'health_queue_size_exceeded', version: '1.5.11' })

  it.each([
    ['Queue size threshold hit. Current size is 288 and threshold is 1.', 288],
    ['Queue failed jobs threshold hit. Current size is 0 and threshold is 0.', 0],
    ['Queue jobs threshold hit. Current value is 90 and threshold is 1.', 90],
    ['Queue size threshold hit. Current size is 3 and threshold is -1.', 3]
  ])('is read out of a 503: %s', async (message, size) => {
    const health = healthOf(await exceeded(message))
    expect((await health.depth('logs', never)).value).toBe(size)
    expect((await health.failed('logs', never)).value).toBe(size)
  })

  it.each([
    'Queue size threshold hit.',
    'Current size is -3 and threshold is 1',
    `Current size is ${'9'.repeat(17)} and threshold is 1`
  ])('is not guessed from a 503 that tells none: %s', async (message) => {
    expect(await faultFrom(healthOf(await exceeded(message)).depth('logs', never))).toMatchObject({ code: 'server' })
  })

  it('is not read out of a 503 of a proxy', async () => {
    const server = await listening(listenHttp(replying(503, '<html>Current size is 3 and threshold is 1</html>')))
    expect(await faultFrom(healthOf(server).depth('logs', never))).toMatchObject({ code: 'server' })
  })

  it.each(['-1', '1.5', '1e400', '9007199254740993', '"3"', 'null', '[]', 'true', '{}'])(
    'is never %s',
    async (size) => {
      const server = await listening(listenHttp(replying(200, `{"size":${size}}`)))
      const fault = await faultFrom(healthOf(server).depth('logs', never))
      expect(fault).toMatchObject({ code: 'server' })
      expect(fault.message).toContain('“size”')
    }
  )
})
