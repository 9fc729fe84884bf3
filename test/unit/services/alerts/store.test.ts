import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { defaultRules } from '../../../../src-main/core/alerts/default-rules.ts'
import { newInstance } from '../../../../src-main/core/alerts/instance.ts'
import { AlertStore } from '../../../../src-main/services/alerts/store.ts'
import { increase } from '../../../../src-main/core/alerts/increase.ts'
import { evidenceOf, isWatched } from '../../../../src-main/services/alerts/evidence.ts'
import type { ServerFacts } from '../../../../src-main/services/monitor/server-facts.ts'

const key = 'a'.repeat(64)

function setUp(withKey: string | null = key) {
  const folder = mkdtempSync(join(tmpdir(), 'standby-alerts-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const log: string[] = []
  const open = (): AlertStore => new AlertStore({ folder, key: withKey, log: (line) => void log.push(line) })
  return { folder, open, log }
}

const instance = newInstance('depth/s/functions', 'depth', 's', 'functions')
const notice = {
  noticeId: 'n1',
  serverId: 's',
  openedMs: 1,
  severity: 'critical',
  alertIds: ['depth/s/functions'],
  reason: 'new',
  dueIds: ['depth/s/functions']
} as const

it('gives back what it was given, also times before all times, and nothing in clear', () => {
  const { folder, open } = setUp()
  const first = open()
  expect(first.rules()).toBe(null)
  first.writeRules(defaultRules)
  first.keep({ alerts: new Map([[instance.alertId, instance]]), notices: [notice], past: [], outbox: new Map() })
  first.close()
  const second = open()
  expect(second.trouble).toBe(null)
  expect(second.rules()).toEqual(defaultRules)
  expect(second.alerts()).toEqual([instance])
  expect(second.notices()).toEqual([notice])
  second.writeRules([])
  second.keep({ alerts: new Map([[instance.alertId, null]]), notices: [], past: [], outbox: new Map() })
  expect([second.rules(), second.alerts(), second.notices()]).toEqual([[], [], []])
  second.close()
  expect(readFileSync(join(folder, 'alerts.db')).includes('functions')).toBe(false)
})

it('sets a damaged file aside, says so, and goes on', () => {
  const { folder, open, log } = setUp()
  writeFileSync(join(folder, 'alerts.db'), 'x'.repeat(8192))
  const store = open()
  expect(store.trouble).toContain('set aside')
  store.writeRules(defaultRules)
  expect(store.rules()).toHaveLength(defaultRules.length)
  store.close()
  expect(readdirSync(folder)).toContain('alerts.db.damaged')
  expect(log).toHaveLength(1)
})

it('keeps all in memory without a key, and says so', () => {
  const { folder, open } = setUp(null)
  const store = open()
  expect(store.trouble).toContain('in memory')
  store.writeRules(defaultRules)
  expect(store.rules()).toHaveLength(defaultRules.length)
  expect(readdirSync(folder)).toEqual([])
})

it('counts failed jobs that came, and takes nothing off for what was retried', () => {
  const counts = [null, 5, 9, null, 2, 4].map((value, atMs) => ({ series: 'failed/mails' as const, atMs, value }))
  expect(increase(counts)).toBe(6)
  expect(increase(counts.slice(0, 1))).toBe(null)
})

const facts = (change: object): ServerFacts =>
  ({
    queues: [],
    checks: [],
    access: [],
    options: { domains: ['shop.example.com'], queues: [] },
    serverVersion: null,
    verdict: { state: 'live' },
    lastSweepAtMs: 0,
    ...change
    // The rest of what is known of a server is nothing rules look at.
  }) as unknown as ServerFacts

it('knows what a server is not asked for any more', () => {
  const known = facts({ serverVersion: { major: 1 }, queues: [{ queue: 'mails' }] })
  expect(isWatched(known, 'depth', 'mails')).toBe(true)
  expect(isWatched(known, 'depth', 'gone')).toBe(false)
  expect(isWatched(facts({}), 'depth', 'gone')).toBe(true)
  expect(isWatched(known, 'certificate', 'shop.example.com')).toBe(true)
  expect(isWatched(known, 'certificate', 'old.example.com')).toBe(false)
})

it.each([
  ['live', 0, 7],
  ['down', 1, null],
  ['unauthorised', 0, null],
  ['offline', null, null],
  ['connecting', null, null]
] as const)('a server that is %s: down %s, silent for %s min', (state, down, silent) => {
  const evidence = evidenceOf(facts({ verdict: { state } }), { samples: () => [], nowMs: 7 * 60_000 })
  const of = (kind: string) => evidence.find((one) => one.kind === kind)?.value
  expect([of('server-down'), of('no-data')]).toEqual([down, silent])
})
