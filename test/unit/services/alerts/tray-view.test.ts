import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../../src-main/contract/alerts.ts'
import { nextEight, trayView, type TrayServer } from '../../../../src-main/services/alerts/tray-view.ts'

const nowMs = Date.UTC(2026, 10, 24, 2, 14)
const server = (change: Partial<TrayServer> = {}): TrayServer => ({
  serverId: 's1',
  name: 'Shop',
  state: 'live',
  lastSweepAtMs: nowMs - 7000,
  ...change
})
const alert = (change: Partial<Alert> = {}): Alert => ({
  alertId: 'depth/s1/functions',
  rule: { ruleId: 'depth', name: 'Queue depth', kind: 'depth', runbookUrl: '', note: '' },
  serverId: 's1',
  serverName: 'Shop',
  environment: 'production',
  isDemo: false,
  subject: 'functions',
  state: 'firing',
  severity: 'critical',
  sinceMs: nowMs - 60_000,
  value: 5012,
  valueAtMs: nowMs,
  level: { at: 5000, forMs: 0, samples: 1 },
  clearAt: 4000,
  isFlapping: false,
  mutedBy: null,
  steps: [],
  title: 'functions: 5,012 jobs waiting (limit 5,000)',
  ...change
})
const clockTime = (atMs: number): string => new Date(atMs).toISOString().slice(11, 16)
const view = (alerts: readonly Alert[], servers: readonly TrayServer[] = [server()]) =>
  trayView({ alerts, servers, nowMs, clockTime })
const labels = (alerts: readonly Alert[]): readonly string[] =>
  view(alerts).items.flatMap((item) => ('label' in item ? [item.label] : []))

describe('the tray', () => {
  it('says the worst thing in words and counts what nobody has taken', () => {
    const taken = alert({ alertId: 'b', mutedBy: { kind: 'acknowledged', atMs: nowMs } })
    const { state, count, tooltip, isHollow } = view([alert(), taken, alert({ alertId: 'c', severity: 'warning' })])
    expect({ state, count, tooltip, isHollow }).toEqual({
      state: 'critical',
      count: 2,
      tooltip: 'Shop · functions: 5,012 jobs waiting (limit 5,000) and 1 more',
      isHollow: false
    })
  })

  it('is calm while all that fires is acknowledged, and still lists it', () => {
    const taken = alert({ mutedBy: { kind: 'acknowledged', atMs: nowMs } })
    expect(view([taken])).toMatchObject({ state: 'ok', count: 0, tooltip: 'Standby: nothing fires on 1 server' })
    expect(labels([taken])).toContain('Shop · functions: 5,012 jobs waiting (limit 5,000) · since 02:13')
  })

  it('is hollow while nobody watches: without a server, offline, or without a sweep of late', () => {
    const faces = [[], [server({ state: 'offline' })], [server({ lastSweepAtMs: nowMs - 301_000 })]].map((servers) => {
      const { state, isHollow, tooltip } = view([], servers)
      return { state, isHollow, tooltip }
    })
    const blind = { state: 'unknown', isHollow: true }
    expect(faces).toEqual([
      { ...blind, tooltip: 'Standby: no server to watch' },
      { ...blind, tooltip: 'Standby: not watching' },
      { ...blind, tooltip: 'Standby: not watching' }
    ])
  })

  it('offers to open, acknowledge and snooze each, and to snooze all', () => {
    const { items } = view([alert()])
    expect(items).toContainEqual({
      kind: 'menu',
      label: 'Shop · functions: 5,012 jobs waiting (limit 5,000) · since 02:13',
      items: [
        { kind: 'act', label: 'Open', act: { kind: 'open-alert', alertId: 'depth/s1/functions' } },
        { kind: 'act', label: 'Acknowledge', act: { kind: 'acknowledge', alertId: 'depth/s1/functions' } },
        {
          kind: 'act',
          label: 'Snooze 1 h',
          act: { kind: 'snooze', alertId: 'depth/s1/functions', untilMs: nowMs + 3_600_000 }
        }
      ]
    })
    expect(labels([alert()])).toContain('Snooze all')
    expect(labels([])).not.toContain('Snooze all')
  })

  it('stays as it is from second to second, so that its menu stays open', () => {
    const later = trayView({ alerts: [alert()], servers: [server()], nowMs: nowMs + 900, clockTime })
    const sooner = trayView({ alerts: [alert()], servers: [server()], nowMs: nowMs + 100, clockTime })
    expect(later).toEqual(sooner)
  })

  it('snoozes until the next 8:00', () => {
    const [early, late] = [new Date(2026, 10, 24, 2, 14), new Date(2026, 10, 24, 9)].map((at) =>
      nextEight(at.getTime())
    )
    expect(early).toBe(new Date(2026, 10, 24, 8).getTime())
    expect(late).toBe(new Date(2026, 10, 25, 8).getTime())
  })
})
