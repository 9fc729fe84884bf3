import { describe, expect, it } from 'vitest'
import type { CapabilityRow } from '../../../src-main/contract/capabilities.ts'
import type { Check } from '../../../src-main/contract/health.ts'
import {
  certificatesOf,
  checkTitle,
  domainRows,
  leftWords,
  nearestCertificates
} from '../../../src-renderer/features/health/certificates.ts'
import { driftSentence, notOffered, reachLevel } from '../../../src-renderer/features/health/words.ts'
import { runSentence, runsOf, shareWords, stripLabel, stripRange } from '../../../src-renderer/features/health/strip.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = Date.UTC(2026, 10, 23, 12, 7)

const check = (change: Partial<Check> = {}): Check => ({
  check: 'db',
  level: 'ok',
  text: '3 ms',
  atMs: now,
  sinceMs: now - hour,
  everyMs: 30_000,
  latencyMs: 3,
  serverMs: null,
  driftMs: null,
  certificate: null,
  fault: null,
  ...change
})

const certificate = (domain: string, leftMs: number, level: Check['level'] = 'ok'): Check =>
  check({ check: `certificate/${domain}`, level, certificate: { issuer: 'R11', validToMs: now + leftMs } })

describe('a strip', () => {
  const range = { fromMs: now - 4 * hour, toMs: now }

  it('ends with the cell that is being filled, and moves by whole cells', () => {
    const first = stripRange('24 h', now)
    expect(first).toEqual({ fromMs: first.toMs - day, toMs: Date.UTC(2026, 10, 23, 12, 15), cells: 96 })
    expect(stripRange('24 h', now + 7 * minute)).toEqual(first)
    expect(stripRange('24 h', now + 8 * minute).toMs).toBe(first.toMs + 15 * minute)
    expect(stripRange('7 d', now)).toMatchObject({ toMs: Date.UTC(2026, 10, 23, 14), cells: 84 })
  })

  it('joins cells of one state, with exact ends', () => {
    expect(runsOf([0, 2, 2, 3], range)).toEqual([
      { state: 'pass', start: 0, length: 1, fromMs: now - 4 * hour, toMs: now - 3 * hour },
      { state: 'critical', start: 1, length: 2, fromMs: now - 3 * hour, toMs: now - hour },
      { state: 'unknown', start: 3, length: 1, fromMs: now - hour, toMs: now }
    ])
    expect(runsOf([], range)).toEqual([])
  })

  it('says when a stretch was, and that the last one is still on', () => {
    const run = { state: 'critical', start: 0, length: 1, fromMs: now - hour, toMs: now - 45 * minute } as const
    expect(runSentence(run, now, true)).toBe('11:07–11:22 critical')
    expect(runSentence({ ...run, state: 'warning', toMs: now + minute }, now, true)).toBe('11:07–now warning')
    expect(runSentence({ ...run, fromMs: now - day }, now, true)).toBe('22 Nov 12:07–11:22 critical')
  })

  it('tells in words what it shows, the latest trouble first', () => {
    const told = stripLabel({ check: 'db', share: 0.5, cells: [0, 2, 0, 1] }, range, '24 h', now, true)
    expect(told).toBe('db, last 24 h: 50.0 %; 11:07–12:07 warning; 09:07–10:07 critical')
    const long = stripLabel(
      { check: 'db', share: 0.5, cells: [2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0] },
      range,
      '7 d',
      now,
      true
    )
    expect(long).toContain('; 2 more')
  })

  it.each([
    [1, '100 %'],
    [0.9999, '99.9 %'],
    [0, '0.0 %'],
    [null, 'not watched']
  ])('calls a share of %s %s', (share, words) => {
    expect(shareWords(share)).toBe(words)
  })
})

describe('certificates', () => {
  it.each([
    [9.9 * day, '9 days left'],
    [day, '1 day left'],
    [day - 1, '23 h left'],
    [hour - 1, 'under 1 h left'],
    [0, 'ended today'],
    [-3.5 * day, 'ended 3 days ago']
  ])('with %d ms to go say %s', (leftMs, words) => {
    expect(leftWords({ issuer: '', validToMs: now + leftMs }, now)).toBe(words)
  })

  const checks = [check(), certificate('late.example', 60 * day), certificate('soon.example', 20 * day)]

  it('are listed by their end', () => {
    expect(certificatesOf(checks).map(({ domain }) => domain)).toEqual(['soon.example', 'late.example'])
  })

  it('show the nearest while all is well, and all that need a hand otherwise', () => {
    expect(nearestCertificates(checks).map(({ domain }) => domain)).toEqual(['soon.example'])
    const failing = [
      ...checks,
      certificate('warned.example', 9 * day, 'warning'),
      certificate('gone.example', -day, 'critical')
    ]
    expect(nearestCertificates(failing).map(({ domain }) => domain)).toEqual(['gone.example', 'warned.example'])
    expect(nearestCertificates([check()])).toEqual([])
  })

  it('list every domain that is watched, also one nobody asked for yet', () => {
    const rows = domainRows(['new.example', 'late.example', 'soon.example'], checks)
    expect(rows.map(({ domain, check: found }) => [domain, found?.certificate?.issuer ?? null])).toEqual([
      ['new.example', null],
      ['soon.example', 'R11'],
      ['late.example', 'R11']
    ])
  })

  it('are called by their domain, other checks by their name', () => {
    expect(checks.slice(0, 2).map(checkTitle)).toEqual(['db', 'certificate of late.example'])
  })
})

describe('the clock of the server', () => {
  it.each([
    [check({ check: 'time', text: 'in sync', driftMs: 0 }), 'agrees with its time server.'],
    [check({ check: 'time', driftMs: 7000, level: 'warning' }), 'is 7 s behind its time server.'],
    [check({ check: 'time', driftMs: -61_500, level: 'critical' }), 'is 61.5 s ahead of its time server.'],
    [check({ check: 'time', text: 'fails', level: 'warning' }), 'is not known. The server needs NTP (UDP 123) for it.'],
    [check({ check: 'time', text: 'not offered', level: 'not-offered' }), 'does not compare its clock'],
    [null, 'has not compared its clock']
  ])('is told in a sentence, %#', (time, words) => {
    expect(driftSentence(time)).toContain(words)
  })
})

describe('a check that is not offered', () => {
  it('names the versions that have it and what to look at instead', () => {
    const row: CapabilityRow = {
      operation: 'GET /health/queue',
      area: 'Health',
      offering: 'not-offered',
      since: '1.5.0',
      until: '1.6.2',
      instead: 'the depths of the queues',
      word: 'confirmed'
    }
    expect(notOffered('queue', [row])).toBe(
      'Not offered by this server (until 1.6.2). Instead: the depths of the queues.'
    )
    expect(notOffered('pubsub', [row])).toBe('Not offered by this server.')
  })
})

it('tells whether a server answers apart from how its checks are', () => {
  const states = ['live', 'degraded', 'down', 'unauthorised', 'offline', 'connecting', 'paused'] as const
  expect(states.map(reachLevel)).toEqual(['ok', 'ok', 'critical', 'unauthorised', 'unknown', 'unknown', 'unknown'])
})
