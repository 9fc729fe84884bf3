import { expect, it } from 'vitest'
import type { Alert } from '../../../../src-main/contract/alerts.ts'
import { SteadySweep, SteadyTitles } from '../../../../src-main/services/alerts/steady-titles.ts'

const minuteMs = 60_000
const startMs = Date.UTC(2026, 10, 24, 2, 14) + 1
const alert = (value: number | null, change: Partial<Alert> = {}): Alert => ({
  alertId: 'depth/s1/mails',
  rule: { ruleId: 'depth', name: 'Queue depth', kind: 'depth', runbookUrl: '', note: '' },
  serverId: 's1',
  serverName: 'Shop',
  environment: 'production',
  isDemo: false,
  subject: 'mails',
  state: 'firing',
  severity: 'critical',
  sinceMs: startMs,
  value,
  valueAtMs: startMs,
  level: { at: 5000, forMs: 0, samples: 1 },
  clearAt: 4000,
  isFlapping: false,
  mutedBy: null,
  steps: [],
  title: `mails: ${value} jobs`,
  ...change
})

it('words an alert anew with the next minute, however often its figure changes before', () => {
  const titles = new SteadyTitles()
  const at = (ms: number, value: number) => titles.of([alert(value)], startMs + ms)[0]?.title
  expect([0, 5_000, minuteMs - 1].map((ms) => at(ms, 9000 + ms))).toEqual(Array(3).fill('mails: 9000 jobs'))
  expect(at(minuteMs, 9100)).toBe('mails: 9100 jobs')
  expect(at(minuteMs + 5_000, 9200)).toBe('mails: 9100 jobs')
})

it('says at once what gets worse, better or unknown, and what fires after it was gone', () => {
  const titles = new SteadyTitles()
  const of = (...alerts: readonly Alert[]) => titles.of(alerts, startMs).map(({ title }) => title)
  of(alert(3000, { severity: 'warning' }))
  expect(of(alert(5100))).toEqual(['mails: 5100 jobs'])
  expect(of(alert(null))).toEqual(['mails: null jobs'])
  expect(of(alert(5300), alert(1, { alertId: 'other' }))).toEqual(['mails: 5300 jobs', 'mails: 1 jobs'])
  expect(of()).toEqual([])
  expect(of(alert(5400))).toEqual(['mails: 5400 jobs'])
})

it('tells the last full sweep anew with the next minute, and the first one at once', () => {
  const sweep = new SteadySweep()
  const at = (ms: number, lastSweepAtMs: number | null) =>
    sweep.of({ state: 'watching', stalls: [], pause: null, lastSweepAtMs, hasTray: true }, startMs + ms).lastSweepAtMs
  expect([at(0, null), at(5_000, 5), at(10_000, 10), at(minuteMs, 60), at(minuteMs + 5_000, 65)]).toEqual([
    null,
    5,
    5,
    60,
    60
  ])
})
