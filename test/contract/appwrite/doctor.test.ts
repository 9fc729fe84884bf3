import { createServer, type AddressInfo, type LookupFunction } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { DoctorView } from '../../../src-main/contract/doctor.ts'
import { examine } from '../../../src-main/appwrite/doctor.ts'
import { startSimulator } from '../../../src-main/simulator/simulator.ts'
import { appwriteAt } from './fake-appwrite.ts'
import { examined, states } from './examining.ts'
import { apiKey, credentials, faultFrom, listenHttp, listenHttps, listenRaw, replying } from './listener.ts'
import { closing, listening } from './open.ts'

const appwrite = appwriteAt('/v1', '1.9.6', credentials.projectId, apiKey)
const failedAt = (count: number): string =>
  [
    'warned',
    ...Array.from({ length: 8 }, (_, at) => (at + 1 < count ? 'passed' : at + 1 === count ? 'failed' : 'skipped'))
  ].join(' ')
const failedAtDns = failedAt(1)
const failedAtTcp = failedAt(2)
const failedAtHttp = failedAt(4)
const failedAtAppwrite = failedAt(5)
const failedAtProject = failedAt(6)
const failedAtKey = failedAt(7)

const addresses =
  (...found: readonly string[]): LookupFunction =>
  (_hostname, _options, done) =>
    done(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    )

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a listening TCP server has no other kind of address
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('a connection that is right', () => {
  it('passes every step, each timed, told one after the other', async () => {
    const server = await listening(listenHttp(appwrite))
    const exam = await examined(` HTTP://127.0.0.1:${server.port}/ `)
    expect(exam.view.endpoint).toBe(server.endpoint)
    expect(exam.view.steps.map(({ state, text }) => [state, text])).toEqual([
      ['warned', server.endpoint],
      ['passed', '127.0.0.1 is an address already'],
      ['passed', `127.0.0.1 takes connections on port ${server.port}`],
      ['passed', 'not used: plain http'],
      ['passed', 'HTTP 200 from Appwrite'],
      ['passed', 'Appwrite 1.9.6'],
      ['passed', '“desk-test” is there'],
      ['passed', 'accepted'],
      // The stand-in knows no other route.
      ['passed', expect.stringMatching(/^health\.read; not found out: functions\.read, execution\.read/)]
    ])
    expect(exam.view.isDone).toBe(true)
    for (const { elapsedMs } of exam.view.steps) expect(elapsedMs).toBeGreaterThanOrEqual(0)
    expect(exam.views[0]?.steps.map(({ state }) => state)).toEqual(Array.from({ length: 9 }, () => 'waiting'))
    expect(exam.views[1]?.steps[0]?.state).toBe('running')
    expect(exam.views.filter(({ isDone }) => isDone)).toEqual([exam.view])
    expect(exam.views.length).toBe(19)
  })

  it('shows its key when all else is right, and reads one document of each kind with it', async () => {
    const server = await listening(listenHttp(appwrite))
    await examined(server.endpoint)
    const sent = server.seen.map(({ method, url, headers }) => [
      method,
      url,
      headers['x-appwrite-project'],
      headers['x-appwrite-key']
    ])
    expect(sent).toEqual([
      ['GET', '/v1/health/version', undefined, undefined],
      ['GET', '/v1/health', 'desk-test', undefined],
      ['GET', '/v1/health', 'desk-test', apiKey],
      ...sent.slice(3)
    ])
    expect(sent.slice(3).length).toBeGreaterThan(5)
    expect(sent.slice(3).filter(([method, , , key]) => method !== 'GET' || key !== apiKey)).toEqual([])
  })
})

describe('step address', () => {
  it('warns of plain http, more of a network than of this machine', async () => {
    const port = await closedPort()
    const here = (await examined(`http://localhost:${port}`)).report('address')
    expect(here.fault?.message).toBe(
      'Plain http: the API key and all data travel readable. To this machine itself that is fine.'
    )
    const lookup = addresses('127.0.0.1')
    const there = (await examined(`http://lan.example:${port}`, { lookup })).report('address')
    expect(there).toMatchObject({ state: 'warned', fault: { step: 'address', field: 'endpoint' } })
    expect(there.fault?.message).toContain('fine on a local network you trust; otherwise use https')
  })

  it.each(['', 'ftp://a.example', 'https://a.example/console', 'https://u:p@a.example'])(
    'fails for what is no endpoint: “%s”',
    async (typed) => {
      const exam = await examined(typed)
      expect(states(exam)).toBe('failed skipped skipped skipped skipped skipped skipped skipped skipped')
      expect(exam.report('address').fault).toMatchObject({ code: 'invalid', field: 'endpoint', step: 'address' })
      expect(exam.view).toMatchObject({ endpoint: null, isDone: true })
    }
  )
})

describe('step dns', () => {
  it('fails for a name nobody knows', async () => {
    const exam = await examined('http://standby-test.invalid')
    expect(states(exam)).toBe(failedAtDns)
    const { fault } = exam.report('dns')
    expect(fault).toMatchObject({ code: 'unreachable', step: 'dns' })
    // The second is what a machine without any name server says.
    expect(fault?.message).toMatch(
      /^DNS (knows no server named|gave no answer for) standby-test\.invalid\. Check .*VPN/
    )
  })

  it('fails at its deadline when the resolver is silent', async () => {
    const exam = await examined('http://slow.example', { lookup: () => undefined, deadlineMs: 200 })
    expect(states(exam)).toBe(failedAtDns)
    expect(exam.report('dns').fault?.message).toContain('DNS gave no answer for slow.example')
  })

  it('shows what it found', async () => {
    const port = await closedPort()
    const lookup = addresses('127.0.0.1', '127.0.0.2', '::1', '127.0.0.3', '127.0.0.4', '127.0.0.5')
    const exam = await examined(`http://many.example:${port}`, { lookup })
    expect(exam.report('dns').text).toBe('127.0.0.1, 127.0.0.2, ::1, 127.0.0.3 and 2 more')
    expect(exam.report('tcp').fault?.code).toBe('unreachable')
  })
})

describe('step tcp', () => {
  it('fails for a closed port', async () => {
    const port = await closedPort()
    const exam = await examined(`http://127.0.0.1:${port}`)
    expect(states(exam)).toBe(failedAtTcp)
    expect(exam.report('tcp').fault).toMatchObject({ code: 'unreachable', step: 'tcp' })
    expect(exam.report('tcp').fault?.message).toBe(
      `127.0.0.1:${port} refused the connection: the machine answers, but nothing listens on that port. Check that Appwrite and its proxy are running, and the port in the endpoint.`
    )
  })

  it('takes the next address when one is dead, and stays with it', async () => {
    const server = await listening(listenHttp(appwrite))
    const lookup = addresses('::1', '127.0.0.1')
    const exam = await examined(`http://two.example:${server.port}`, { lookup })
    expect(exam.report('tcp').text).toBe(`127.0.0.1 takes connections on port ${server.port}`)
    expect(exam.report('key').state).toBe('passed')
  })
})

describe('step http', () => {
  it('fails for a port that takes connections and says nothing', async () => {
    const server = await listening(listenRaw(() => undefined))
    const exam = await examined(server.endpoint, { deadlineMs: 300 })
    expect(states(exam)).toBe(failedAtHttp)
    expect(exam.report('http').fault).toMatchObject({ code: 'timeout', step: 'http' })
    expect(exam.report('http').fault?.message).toContain('takes connections but did not answer within 300 ms')
  })

  it('fails for a port that speaks something else', async () => {
    const server = await listening(listenRaw((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')))
    const exam = await examined(server.endpoint)
    expect(states(exam)).toBe(failedAtHttp)
    expect(exam.report('http').fault?.message).toContain('does not speak HTTP')
  })

  it('fails for http on an https port, also one that just hangs up', async () => {
    const server = await listening(listenHttps('valid', appwrite))
    const exam = await examined(`http://127.0.0.1:${server.port}`)
    expect(states(exam)).toBe(failedAtHttp)
    expect(exam.report('http').fault).toMatchObject({ step: 'http', field: 'endpoint' })
    expect(exam.report('http').fault?.message).toBe(
      `127.0.0.1:${server.port} expects https on this port. Change the endpoint to https://127.0.0.1:${server.port}/v1.`
    )
    expect(server.seen).toEqual([])
  })

  it('fails for a redirect to another origin; neither key nor project follow it, nor anything else', async () => {
    const other = await listening(listenHttp(appwrite))
    const server = await listening(listenHttp(replying(302, '', { Location: `${other.endpoint}/health/version` })))
    const exam = await examined(server.endpoint)
    expect(states(exam)).toBe(failedAtHttp)
    expect(exam.report('http').fault?.message).toBe(
      `127.0.0.1:${server.port} redirects to ${other.endpoint}/health/version. Standby does not follow, since the API key would go along. If Appwrite lives there, change the endpoint.`
    )
    expect([other.connections(), other.bytesReceived()]).toEqual([0, 0])
    expect(JSON.stringify(server.seen)).not.toContain(apiKey)
  })

  it('fails for a redirect of the request with the key as well; the key does not follow it', async () => {
    const other = await listening(listenHttp(appwrite))
    const server = await listening(
      listenHttp((request, response) => {
        if (request.headers['x-appwrite-key'] === undefined) appwrite(request, response)
        else response.writeHead(307, { Location: `${other.endpoint}/health` }).end()
      })
    )
    const exam = await examined(server.endpoint)
    expect(states(exam)).toBe(failedAtKey)
    expect(exam.report('key').fault?.message).toContain('Standby does not follow, since the API key would go along')
    expect([other.connections(), other.bytesReceived()]).toEqual([0, 0])
  })

  it.each([
    [
      200,
      { Server: 'nginx/1.25.3' },
      'answers with a web page titled “Sign in” instead of JSON; it comes from nginx/1.25.3.'
    ],
    [403, { Server: 'cloudflare' }, 'titled “Sign in” instead of JSON; it comes from cloudflare.'],
    [502, { Server: 'nginx/1.25.3' }, 'The proxy (nginx/1.25.3) in front of'],
    [504, {}, 'got no answer from Appwrite in time (504)'],
    [401, { 'WWW-Authenticate': 'Basic' }, 'asks for a password of its own']
  ])('fails for the page of a proxy: %i', async (status, headers, says) => {
    const page = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Hello</body></html>'
    const server = await listening(listenHttp(replying(status, page, { 'Content-Type': 'text/html', ...headers })))
    const exam = await examined(server.endpoint)
    expect(states(exam)).toBe(failedAtHttp)
    expect(exam.report('http').fault?.step).toBe('http')
    expect(exam.report('http').fault?.message).toContain(says)
    expect(server.seen.length).toBe(1)
  })
})

describe('step appwrite', () => {
  it.each([
    ['/appwrite/v1', '/v1'],
    ['/v1', '/appwrite/v1'],
    ['/v1', '/team/v1'],
    ['/a/b/v1', '/a/v1']
  ])('with Appwrite at %s tells whoever typed %s', async (real, typed) => {
    const told = appwriteAt(real, '1.7.5', 'desk-test', apiKey)
    const server = await listening(
      listenHttp((request, response) => {
        if (request.url?.startsWith(`${real}/`) === true) told(request, response)
        else replying(404, '404 page not found', { 'Content-Type': 'text/plain' })(request, response)
      })
    )
    const { origin } = new URL(server.endpoint)
    const exam = await examined(`${origin}${typed}`)
    expect(states(exam)).toBe(failedAtAppwrite)
    const { fault } = exam.report('appwrite')
    expect(fault).toMatchObject({ step: 'appwrite', field: 'endpoint' })
    const known = real.startsWith('/a/')
      ? null
      : `Appwrite 1.7.5 does at another path. Change the endpoint to ${origin}${real}.`
    expect(fault?.message).toContain(known ?? 'does not look like Appwrite')
    expect(JSON.stringify(server.seen)).not.toContain(apiKey)
  })

  it('tells that the server is there though a proxy keeps its API back', async () => {
    const server = await listening(
      listenHttp((request, response) => {
        if (request.url === '/versions') replying(200, '{"server":"1.5.11"}')(request, response)
        else replying(404, 'Not Found')(request, response)
      })
    )
    const exam = await examined(server.endpoint)
    expect(states(exam)).toBe(failedAtAppwrite)
    expect(exam.report('appwrite').fault?.message).toContain('Appwrite 1.5.11 runs at')
  })

  it('takes the version from an error of Appwrite as well', async () => {
    const error = '{"message":"Error: Server Error","code":500,"version":"1.5.11"}'
    const server = await listening(listenHttp(replying(500, error)))
    const exam = await examined(server.endpoint)
    expect(states(exam)).toBe(failedAtProject)
    expect(exam.report('appwrite').text).toBe('Appwrite 1.5.11')
    expect(exam.report('project').fault?.message).toContain('failed inside (500)')
  })

  it.each([
    [200, '{"hello":"world"}', 'does not look like Appwrite'],
    [403, '{"message":"Forbidden"}', 'Something in front of Appwrite'],
    [503, '{"error":"down"}', 'cannot reach Appwrite (503)']
  ])('fails for the JSON of something else: %i %s', async (status, body, says) => {
    const server = await listening(listenHttp(replying(status, body)))
    const exam = await examined(server.endpoint)
    expect(states(exam)).toBe(failedAtAppwrite)
    expect(exam.report('appwrite').fault?.message).toContain(says)
  })
})

describe('steps project and key on 1.5.11', () => {
  const simulator = async () => closing(await startSimulator())

  it('pass with a key of the project, whatever its scopes', async () => {
    const { endpoint, projects } = await simulator()
    const [first] = projects
    for (const key of [first?.apiKey ?? '', first?.narrowKey ?? '']) {
      const exam = await examined(endpoint, { projectId: first?.projectId ?? '', apiKey: ` ${key}\n` })
      expect(exam.view.steps.slice(1).every(({ state }) => state === 'passed')).toBe(true)
      expect(exam.report('appwrite').text).toBe('Appwrite 1.5.11')
    }
  })

  it.each([
    ['nope', 'missing', /has no project with the id “nope”\. Copy the id/],
    ['console', 'invalid', /“console” is Appwrite’s own project and takes no API keys/],
    ['', 'invalid', /^Enter the project ID/],
    ['a b', 'invalid', /Copy it whole/]
  ])('fail for the project “%s”, before the key is sent', async (projectId, code, says) => {
    const { endpoint, apiKey: key, control } = await simulator()
    const exam = await examined(endpoint, { projectId, apiKey: key })
    expect(states(exam)).toBe(failedAtProject)
    expect(exam.report('project').fault).toMatchObject({ code, field: 'projectId', step: 'project' })
    expect(exam.report('project').fault?.message).toMatch(says)
    expect(control.requests().last.filter(({ hasKey }) => hasKey)).toEqual([])
  })

  it('fail for an expired key as such', async () => {
    const { endpoint, projects } = await simulator()
    const exam = await examined(endpoint, {
      projectId: projects[0]?.projectId ?? '',
      apiKey: projects[0]?.expiredKey ?? ''
    })
    expect(states(exam)).toBe(failedAtKey)
    expect(exam.report('key').fault).toMatchObject({ code: 'denied', field: 'apiKey', step: 'key' })
    expect(exam.report('key').fault?.message).toBe(
      'This API key has expired. Create a new one in the Appwrite console and put it in.'
    )
  })

  it.each(['unknown', 'other project'])('fail for a key that becomes a guest: %s', async (which) => {
    const { endpoint, projects, projectId } = await simulator()
    const key = which === 'unknown' ? 'f'.repeat(256) : (projects[1]?.apiKey ?? '')
    const exam = await examined(endpoint, { projectId, apiKey: key })
    expect(states(exam)).toBe(failedAtKey)
    expect(exam.report('key').fault?.message).toContain(
      `does not know this API key for project “${projectId}” and takes its sender for a guest. It was deleted, or it belongs to another project`
    )
    expect(exam.report('key').fault?.detail).toContain('role: guests')
  })

  it.each([
    ['', 'Enter an API key'],
    ['schlüssel', 'a character no key has']
  ])('fail for a key that is none: “%s”', async (key, says) => {
    const { endpoint, projectId } = await simulator()
    const exam = await examined(endpoint, { projectId, apiKey: key })
    expect(states(exam)).toBe(failedAtKey)
    expect(exam.report('key').fault?.message).toContain(says)
  })
})

describe('step key on later versions', () => {
  it('fails for an unknown key', async () => {
    const server = await listening(listenHttp(appwriteAt('/v1', '1.9.6', 'desk-test', 'standard_other')))
    const exam = await examined(server.endpoint)
    expect(states(exam)).toBe(failedAtKey)
    expect(exam.report('key').fault?.message).toContain(
      'does not know this API key for project “desk-test”. It was deleted'
    )
  })

  it.each([
    [
      401,
      'general_unauthorized_scope',
      `app (role: applications) missing scopes (["health.read"])`,
      'lacks the scope health.read'
    ],
    [403, 'general_resource_blocked', 'blocked', 'does not allow this'],
    [401, 'project_key_expired', 'expired', 'has expired']
  ])('tells %i %s, and never the key', async (status, type, message, says) => {
    const server = await listening(
      listenHttp((request, response) => {
        const { headers } = request
        const body = JSON.stringify({
          message: `${message} ${String(headers['x-appwrite-key'])}`,
          code: status,
          type,
          version: '1.9.6'
        })
        if (headers['x-appwrite-key'] === undefined) appwrite(request, response)
        else replying(status, body)(request, response)
      })
    )
    const exam = await examined(server.endpoint)
    expect(states(exam)).toBe(failedAtKey)
    expect(exam.report('key').fault?.message).toContain(says)
    expect(exam.report('key').fault?.detail).toContain('[API key]')
    expect(JSON.stringify(exam.views)).not.toContain(apiKey.slice(9, 29))
  })
})

describe('an examination that is aborted', () => {
  it.each([
    ['while it waits for TLS', 'https', 'tls'],
    ['while it waits for HTTP', 'http', 'http']
  ])('%s stops at once, tells nothing more and leaves no socket open', async (_, scheme, step) => {
    // Without reading, the end of a connection would never be seen.
    const server = await listening(listenRaw((socket) => void socket.resume()))
    const controller = new AbortController()
    const views: DoctorView[] = []
    const onView = (view: DoctorView): void => {
      views.push(view)
      if (view.steps.some((report) => report.step === step && report.state === 'running')) {
        setTimeout(() => controller.abort(), 50)
      }
    }
    const endpoint = `${scheme}://127.0.0.1:${server.port}`
    const startedAt = performance.now()
    const options = { endpoint, ...credentials, trust: { kind: 'system' }, onView } as const
    expect(await faultFrom(examine(options, controller.signal))).toMatchObject({ code: 'cancelled' })
    expect(performance.now() - startedAt).toBeLessThan(1000)
    expect(views.at(-1)?.steps.find((report) => report.step === step)?.state).toBe('running')
    expect(server.connections()).toBeGreaterThan(1)
    await expect.poll(() => server.openConnections()).toBe(0)
  })

  it('before it begins does nothing', async () => {
    const controller = new AbortController()
    controller.abort()
    const onView = (): never => expect.unreachable('told')
    const options = { endpoint: 'http://127.0.0.1:1', ...credentials, trust: { kind: 'system' }, onView } as const
    expect(await faultFrom(examine(options, controller.signal))).toMatchObject({ code: 'cancelled' })
  })

  it('leaves no socket open when it is through either', async () => {
    const server = await listening(listenHttp(appwrite))
    await examined(server.endpoint)
    expect(server.connections()).toBeGreaterThan(1)
    await expect.poll(() => server.openConnections()).toBe(0)
  })
})
