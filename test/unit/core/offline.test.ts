import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src-main/contract/fault.ts'
import { isLoopback } from '../../../src-main/core/endpoint.ts'
import {
  isOffline,
  leadsAway,
  mayBeOffline,
  offlineFault,
  onlineFault,
  windowMs,
  withOutcome,
  type NetworkSigns,
  type Reported
} from '../../../src-main/core/offline.ts'

const fault = (code: Fault['code'], detail: string): Fault => ({ code, message: `is ${code}`, detail })
const noResolver = fault('unreachable', 'EAI_AGAIN getaddrinfo EAI_AGAIN shop.example')
const noRoute = fault('offline', 'ENETUNREACH connect ENETUNREACH 203.0.113.5:443')
const refused = fault('unreachable', 'ECONNREFUSED connect ECONNREFUSED 203.0.113.5:443')
const late = fault('timeout', 'no connection within 6 s')

const nowMs = 1_000_000
const cutOff = (sinceMs: number, atMs = nowMs): Reported => ({ isCutOff: true, sinceMs, atMs })
const reached = (atMs: number): Reported => ({ isCutOff: false, sinceMs: 0, atMs })
const signs = (change: Partial<NetworkSigns>): NetworkSigns => ({
  hasInterface: true,
  systemSaysOnline: true,
  reported: [],
  nowMs,
  ...change
})

describe('this machine', () => {
  it.each<[string, Partial<NetworkSigns>, boolean]>([
    ['no request failed', {}, false],
    ['no interface is up', { hasInterface: false }, true],
    ['the system says so', { systemSaysOnline: false }, true],
    ['the only server is cut off', { reported: [cutOff(nowMs)] }, true],
    ['all are cut off', { reported: [cutOff(nowMs - 5000), cutOff(nowMs - 9000, nowMs - 400)] }, true],
    ['another answered since', { reported: [cutOff(nowMs - 5000), reached(nowMs - 4000)] }, false],
    ['another answered before', { reported: [cutOff(nowMs - 5000), reached(nowMs - 6000)] }, true],
    ['the only server answers', { reported: [reached(nowMs)] }, false],
    ['the cut off one was asked long ago', { reported: [cutOff(0, nowMs - windowMs - 1)] }, false],
    ['the answer is long ago', { reported: [cutOff(0), reached(nowMs - windowMs - 1)] }, true]
  ])('when %s', (_when, change, expected) => {
    expect(isOffline(signs(change))).toBe(expected)
  })

  const time = fc.integer({ min: 0, max: nowMs })
  const report = fc.record({ isCutOff: fc.boolean(), sinceMs: time, atMs: time })

  it('is not offline by requests alone once somebody answered after all of them', () => {
    fc.assert(
      fc.property(fc.array(report), (reported) => {
        expect(isOffline(signs({ reported: [...reported, reached(nowMs)] }))).toBe(false)
      })
    )
  })

  it('is judged alike in whatever order its servers are listed', () => {
    fc.assert(
      fc.property(fc.array(report), (reported) => {
        expect(isOffline(signs({ reported: reported.toReversed() }))).toBe(isOffline(signs({ reported })))
      })
    )
  })

  it('is offline whatever was reported while nothing leads off it', () => {
    fc.assert(
      fc.property(fc.array(report), fc.boolean(), (reported, hasInterface) => {
        expect(isOffline(signs({ reported, hasInterface, systemSaysOnline: !hasInterface }))).toBe(true)
      })
    )
  })
})

describe('the end of a request', () => {
  it.each([
    ['an answer', null, false],
    ['no route at all', noRoute, true],
    ['no name server', noResolver, true],
    ['an interface that went down', fault('offline', 'ENETDOWN connect ENETDOWN'), true],
    ['an unknown name', fault('unreachable', 'ENOTFOUND getaddrinfo ENOTFOUND shop.example'), false],
    ['a refusal', refused, false],
    ['a deadline', late, false],
    ['an error of the server', fault('server', 'HTTP 500 ENETUNREACH'), false]
  ] as const)('by %s', (_by, ended, isCutOff) => {
    expect(withOutcome(undefined, ended, 7)).toEqual({ isCutOff, sinceMs: 7, atMs: 7 })
  })

  it('keeps since when requests end alike', () => {
    const first = withOutcome(undefined, noRoute, 100)
    const second = withOutcome(first, noResolver, 200)
    expect(second).toEqual({ isCutOff: true, sinceMs: 100, atMs: 200 })
    expect(withOutcome(second, late, 300)).toEqual({ isCutOff: false, sinceMs: 300, atMs: 300 })
  })
})

describe('a fault', () => {
  it.each([
    [noRoute, true],
    [noResolver, true],
    [late, true],
    [fault('unreachable', 'EHOSTUNREACH connect EHOSTUNREACH'), true],
    [refused, false],
    [fault('unreachable', 'PROXY_502 CONNECT answered 502'), false],
    [fault('denied', 'HTTP 401'), false],
    [fault('server', 'HTTP 500'), false],
    [fault('cancelled', ''), false]
  ])('%o leaves open whether this machine is offline: %s', (one, expected) => {
    expect(mayBeOffline(one)).toBe(expected)
  })

  it('while offline speaks of this machine alone and keeps the cause', () => {
    const told = offlineFault({ ...late, step: 'tcp' })
    expect(told).toMatchObject({ code: 'offline', detail: late.detail })
    expect(told.message).toContain('This machine has no network')
    expect(told).not.toHaveProperty('step')
  })

  it('while there is a network is never told as offline', () => {
    expect(onlineFault(late, 'https://shop.example/v1')).toBe(late)
    const told = onlineFault(noRoute, 'https://shop.example/v1')
    expect(told).toMatchObject({ code: 'unreachable', step: 'tcp', detail: noRoute.detail })
    expect(told.message).toContain('leads to shop.example')
  })
})

it.each([
  ['http://127.0.0.1:18099/v1', true],
  ['http://127.9.8.7/v1', true],
  ['https://localhost/v1', true],
  ['https://localhost./v1', true],
  ['https://shop.localhost:8443/v1', true],
  ['http://[::1]:8080/v1', true],
  ['http://[::ffff:127.0.0.1]/v1', true],
  ['http://0.0.0.0:8080/v1', true],
  ['http://[::]/v1', true],
  ['https://127.0.0.1.example.com/v1', false],
  ['https://localhost.example.com/v1', false],
  ['https://notlocalhost/v1', false],
  ['http://128.0.0.1/v1', false],
  ['http://10.77.0.1/v1', false],
  ['http://[::2]/v1', false],
  ['not an address', false]
])('%s is on this machine: %s', (endpoint, expected) => {
  expect(isLoopback(endpoint)).toBe(expected)
})

it.each([
  ['127.0.0.1', true, false],
  ['10.77.0.1', false, true],
  ['2001:db8::7', false, true],
  ['fe80::1ff:fe23:4567:890a', false, false],
  ['169.254.12.9', false, false]
])('the address %s of an interface (internal: %s) leads away: %s', (address, internal, expected) => {
  expect(leadsAway({ address, internal })).toBe(expected)
})
