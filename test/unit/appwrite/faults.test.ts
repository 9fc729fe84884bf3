import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src-main/appwrite/answer.ts'
import { replyFault } from '../../../src-main/appwrite/faults.ts'

const apiKey = `standard_${'0a1b'.repeat(64)}`
const asked = { host: 'desk.example', isTls: true, path: '/health/db', projectId: 'desk', apiKey }
const answer = (status: number, body: unknown, headers: Answer['headers'] = {}): Answer => {
  return { status, headers, body, isJson: typeof body !== 'string', elapsedMs: 1, serverMs: null }
}
const own = (status: number, type: string, message = 'Told.') =>
  answer(status, { message, code: status, type, version: '1.5.11' }, { 'x-debug-speed': '0.001' })

describe('an error of Appwrite', () => {
  it.each([
    [own(401, 'general_unauthorized_scope', 'User (role: guests) missing scope (health.read)'), 'denied', 'apiKey'],
    [own(401, 'user_unauthorized'), 'denied', 'apiKey'],
    [own(401, 'project_key_expired'), 'denied', 'apiKey'],
    [own(401, 'general_access_forbidden'), 'denied', 'endpoint'],
    [own(403, 'general_unknown_origin'), 'denied', undefined],
    [own(403, 'project_id_missing'), 'missing', 'projectId'],
    [own(404, 'project_not_found'), 'missing', 'projectId'],
    [own(404, 'function_not_found'), 'missing', undefined],
    [own(404, 'general_route_not_found'), 'unsupported', undefined],
    [own(405, 'graphql_method_unsupported'), 'unsupported', undefined],
    [own(400, 'general_argument_invalid'), 'invalid', undefined],
    [own(408, 'database_timeout'), 'timeout', undefined],
    [own(409, 'variable_already_exists'), 'conflict', undefined],
    [own(429, 'general_rate_limit_exceeded'), 'limited', undefined],
    [own(500, 'general_server_error'), 'server', undefined],
    [own(503, 'health_queue_size_exceeded'), 'server', undefined],
    [own(404, 'health_certificate_expired'), 'server', undefined],
    [own(404, 'health_invalid_host'), 'server', undefined],
    [answer(500, { message: 'Error: Server Error', code: 500, version: '1.5.11' }), 'server', undefined]
  ])('%#: becomes `%s`', (reply, code, field) => {
    const fault = replyFault(reply, asked)
    expect([fault.code, fault.field]).toEqual([code, field])
    expect(fault.message).toMatch(/[.!]$/)
    expect(fault.detail).toMatch(/^HTTP \d{3} /)
  })

  it('about an unknown key does not send the reader to the scopes', () => {
    const guests = own(401, 'general_unauthorized_scope', 'User (role: guests) missing scopes (["health.read"])')
    expect(replyFault(guests, asked).message).toContain('does not know this API key for project “desk”')
    expect(replyFault(guests, { ...asked, apiKey: null }).message).toContain('wants an API key')
  })

  it.each(['missing scope (functions.read)', 'missing scopes (["functions.read"])'])('names the scope: %s', (text) => {
    const message = `app.desk@service.host (role: applications) ${text}`
    const fault = replyFault(own(401, 'general_unauthorized_scope', message), asked)
    expect(fault.message).toContain('lacks the scope functions.read.')
  })
})

describe('a reply of something else', () => {
  it.each([
    [
      'the HTML page of 1.9.5 and later for an unknown route',
      answer(404, '<!DOCTYPE html><html>', { 'x-debug-speed': '1' }),
      'unsupported'
    ],
    ['a plain Not Found', answer(404, 'Not Found'), 'server'],
    ['Traefik without a route', answer(404, '404 page not found'), 'server'],
    ['JSON of another API', answer(404, { error: 'nope' }), 'server'],
    [
      'the HTML page of 1.5 with its database away',
      answer(500, '<!DOCTYPE html>', { 'x-debug-speed': '0.1' }),
      'server'
    ],
    ['a bad gateway', answer(502, 'Bad Gateway'), 'server'],
    ['a password prompt', answer(401, 'Unauthorized', { 'www-authenticate': 'Basic' }), 'denied'],
    ['a proxy that wants a password', answer(407, ''), 'denied'],
    ['a limit of the proxy', answer(429, 'slow down'), 'limited']
  ])('is told by its status: %s', (_, reply, code) => {
    expect(replyFault(reply, asked).code).toBe(code)
  })

  it('names the proxy that could not reach Appwrite', () => {
    const message = (reply: Answer): string => replyFault(reply, asked).message
    expect(message(answer(502, '', { server: 'nginx/1.25' }))).toContain(
      'The proxy (nginx/1.25) in front of desk.example'
    )
    expect(message(answer(504, '<hr><center>openresty</center>'))).toContain('in time (504)')
    expect(message(answer(500, '<html>', { 'x-debug-speed': '0.1' }))).toContain(
      'Appwrite on desk.example failed inside'
    )
    expect(message(answer(404, 'Not Found'))).toContain('does not look like Appwrite')
  })

  it('on a plain port that expects https says so', () => {
    const page = '<html><h1>400</h1>The plain HTTP request was sent to HTTPS port</html>'
    const fault = replyFault(answer(400, page), { ...asked, isTls: false })
    expect(fault).toMatchObject({ code: 'unreachable', field: 'endpoint' })
  })

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:10 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, 10_000],
    [{ 'retry-after': '-5' }, 0],
    [{ 'retry-after': '999999999' }, 86_400_000],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined]
  ])('says how long to stay away: %j', (headers, retryAfterMs) => {
    expect(replyFault(answer(429, '', headers), asked).retryAfterMs).toBe(retryAfterMs)
  })

  it('keeps its raw cause short, on one line, without tags and without the key', () => {
    const page = `<html><style>${'a{}'.repeat(500)}</style>\n<h1>Oops</h1> ${apiKey} ${'long '.repeat(200)}`
    const { detail } = replyFault(answer(502, page), asked)
    expect(detail).toMatch(/^HTTP 502 Oops \[API key\] long /)
    expect(detail?.length).toBeLessThanOrEqual(300)
  })
})
