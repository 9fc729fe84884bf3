import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src-main/contract/fault.ts'
import type { Check } from '../../../src-main/contract/health.ts'
import { queueNames } from '../../support/queue-names.ts'
import type { QueueState } from '../../../src-main/contract/queues.ts'
import {
  antiVirusFinding,
  certificateFinding,
  componentFinding,
  faultFinding,
  timeFinding,
  withFinding
} from '../../../src-main/core/checks.ts'
import { nextReach, type Reach } from '../../../src-main/core/reach.ts'
import { verdictOf } from '../../../src-main/core/verdict.ts'

const fault = (code: Fault['code'], message = `is ${code}`): Fault => ({ code, message })

const certificateFault = (type: string): Fault => ({ ...fault('server'), detail: `HTTP 404 ${type}: no` })
const dayMs = 86_400_000

describe('reach', () => {
  const up: Reach = { kind: 'up', sinceMs: 100 }

  it.each([
    ['unreachable', 'down'],
    ['timeout', 'down'],
    ['server', 'down'],
    ['unsupported', 'down'],
    ['denied', 'unauthorised'],
    ['missing', 'unauthorised'],
    ['offline', 'offline']
  ] as const)('is lost by %s as %s, since the first sign of it', (code, state) => {
    const lost = { kind: 'lost', state, sinceMs: 200, fault: fault(code), attempts: 1 }
    expect(nextReach(up, fault(code), 200)).toEqual(lost)
  })

  it('keeps since when it is down, and counts the tries', () => {
    const down = nextReach(up, fault('unreachable'), 200)
    const later = nextReach(down, fault('timeout'), 900)
    expect(later).toEqual({ kind: 'lost', state: 'down', sinceMs: 200, fault: fault('timeout'), attempts: 2 })
  })

  it('starts anew when the trouble is another one', () => {
    const down = nextReach(up, fault('unreachable'), 200)
    expect(nextReach(down, fault('denied'), 900)).toMatchObject({ state: 'unauthorised', sinceMs: 900, attempts: 1 })
  })

  it('is up again with the first answer, and a proxy that limits us is an answer', () => {
    const down = nextReach(up, fault('unreachable'), 200)
    expect(nextReach(down, null, 700)).toEqual({ kind: 'up', sinceMs: 700 })
    expect(nextReach(up, fault('limited'), 700)).toBe(up)
  })
})

describe('a finding', () => {
  it.each([
    [componentFinding([{ name: 'Cache', isPassing: true }], 3.4), 'ok', '3 ms'],
    [
      componentFinding(
        [
          { name: 'Console.DB', isPassing: true },
          { name: 'Projects.DB', isPassing: false }
        ],
        3
      ),
      'critical',
      'Projects.DB fails'
    ],
    [componentFinding([], 3), 'unknown', 'no part named'],
    [timeFinding(0), 'ok', 'in sync'],
    [timeFinding(-2000), 'ok', '2 s ahead'],
    [timeFinding(6000), 'warning', '6 s behind'],
    [timeFinding(-61_000), 'critical', '61 s ahead'],
    [antiVirusFinding('disabled'), 'ok', 'disabled'],
    [antiVirusFinding('fail'), 'warning', 'scanner does not answer'],
    [faultFinding('db', fault('server')), 'critical', 'fails'],
    [faultFinding('time', fault('server')), 'warning', 'fails'],
    [faultFinding('queue', fault('unsupported')), 'not-offered', 'not offered'],
    [faultFinding('cache', fault('timeout')), 'unknown', 'no answer in time'],
    [faultFinding('cache', fault('denied')), 'unauthorised', 'refused'],
    [faultFinding('db', fault('limited')), 'unknown', 'told to wait'],
    [faultFinding('certificate/a.example', certificateFault('health_certificate_expired')), 'critical', 'expired'],
    [
      faultFinding('certificate/a.example', certificateFault('health_invalid_host')),
      'critical',
      'no valid certificate'
    ],
    [faultFinding('certificate/a.example', fault('server')), 'unknown', 'not read'],
    [faultFinding('certificate/a.example', fault('invalid')), 'unknown', 'not accepted'],
    [certificateFinding({ issuer: 'CA', validToMs: 90 * dayMs }, 0), 'ok', '90 days left'],
    [certificateFinding({ issuer: 'CA', validToMs: 15 * dayMs }, 0), 'ok', '15 days left'],
    [certificateFinding({ issuer: 'CA', validToMs: 15 * dayMs - 1 }, 0), 'warning', '14 days left'],
    [certificateFinding({ issuer: 'CA', validToMs: 3 * dayMs }, 0), 'warning', '3 days left'],
    [certificateFinding({ issuer: 'CA', validToMs: 3 * dayMs - 1 }, 0), 'critical', '2 days left'],
    [certificateFinding({ issuer: 'CA', validToMs: dayMs }, 0), 'critical', '1 day left'],
    [certificateFinding({ issuer: 'CA', validToMs: 0 }, 1), 'critical', 'expired']
  ] as const)('%# is %s: %s', (found, level, text) => {
    expect(found).toMatchObject({ level, text })
  })

  it('keeps since when as long as the level stays', () => {
    const first = withFinding(undefined, 'db', componentFinding([{ name: 'DB', isPassing: true }], 3), 100, 30_000)
    const second = withFinding(first, 'db', componentFinding([{ name: 'DB', isPassing: true }], 9), 200, 30_000)
    expect(second).toMatchObject({ sinceMs: 100, atMs: 200, text: '9 ms' })
    expect(withFinding(second, 'db', faultFinding('db', fault('server')), 300, 30_000)).toMatchObject({ sinceMs: 300 })
  })

  it('keeps the certificate it read last when the server only says that it ended', () => {
    const check = 'certificate/a.example'
    const certificate = { issuer: 'CA', validToMs: dayMs }
    const first = withFinding(undefined, check, certificateFinding(certificate, 0), 0, 1)
    const ended = faultFinding(check, certificateFault('health_certificate_expired'))
    expect(withFinding(first, check, ended, dayMs + 1, 1)).toMatchObject({ level: 'critical', certificate })
  })
})

describe('the verdict', () => {
  const up: Reach = { kind: 'up', sinceMs: 0 }
  const queue = (change: Partial<QueueState>): QueueState => ({
    queue: 'functions',
    level: 'ok',
    depth: 12,
    atMs: 0,
    changePerMinute: null,
    threshold: 5000,
    failed: 0,
    forecast: null,
    fault: null,
    ...change
  })
  const check = (change: Partial<Check>): Check => ({
    check: 'db',
    level: 'ok',
    text: '3 ms',
    atMs: 0,
    sinceMs: 0,
    everyMs: 30_000,
    latencyMs: 3,
    serverMs: null,
    driftMs: null,
    certificate: null,
    fault: null,
    ...change
  })
  const well = queueNames.map((name) => queue({ queue: name }))

  it('claims nothing of depths that the server does not tell', () => {
    const silent = queueNames.map((name) => queue({ queue: name, depth: null, level: 'not-offered' }))
    const { state, reason } = verdictOf(up, [check({})], silent, true)
    expect([state, reason]).toEqual(['live', 'This server tells no queue’s depth and 1 check passes.'])
  })

  it('is live when all is well', () => {
    const verdict = verdictOf(up, [check({})], well, true)
    expect(verdict).toEqual({ state: 'live', reason: '12 queues are below their limits and 1 check passes.', rank: 7 })
  })

  it('names the worst first and counts the rest', () => {
    const full = queue({ level: 'critical', depth: 5012 })
    const slow = check({ level: 'warning', check: 'time', text: '6 s behind' })
    const dark = queue({ queue: 'mails', level: 'unknown', depth: null })
    const verdict = verdictOf(up, [slow], [dark, full], true)
    expect(verdict).toMatchObject({
      state: 'degraded',
      reason: 'functions holds 5,012 of 5,000 jobs; time: 6 s behind; 1 more.'
    })
  })

  it('names a certificate as people do', () => {
    const ended = check({ level: 'critical', check: 'certificate/a.example', text: 'expired' })
    expect(verdictOf(up, [ended], well, true).reason).toBe('certificate of a.example: expired.')
  })

  it('is never live with a depth nobody knows', () => {
    expect(verdictOf(up, [], [queue({ level: 'unknown', depth: null })], true).state).toBe('degraded')
  })

  it('takes what is not offered for neither well nor ill', () => {
    const verdict = verdictOf(
      up,
      [check({ level: 'not-offered' })],
      [queue({ level: 'not-offered', depth: null })],
      true
    )
    expect(verdict.state).toBe('live')
  })

  it('waits for the first sweep', () => {
    expect(verdictOf(up, [], well, false).state).toBe('connecting')
    expect(verdictOf({ kind: 'new' }, [], well, false).state).toBe('connecting')
  })

  it('ranks down before unauthorised before critical before warning before live', () => {
    const lost = (code: Fault['code']): Reach => nextReach(up, fault(code), 1)
    const ranks = [
      verdictOf(lost('timeout'), [], well, true),
      verdictOf(lost('denied'), [], well, true),
      verdictOf(lost('offline'), [], well, true),
      verdictOf(up, [check({ level: 'critical' })], well, true),
      verdictOf(up, [check({ level: 'warning' })], well, true),
      verdictOf(up, [check({ level: 'unknown' })], well, true),
      verdictOf({ kind: 'new' }, [], well, false),
      verdictOf(up, [], well, true)
    ].map((verdict) => verdict.rank)
    expect(ranks).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })
})
