import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../../src-main/contract/alerts.ts'
import type { WatchView } from '../../../../src-main/contract/watch.ts'
import { nextEight, trayView, type TrayServer } from '../../../../src-main/services/alerts/tray-view.ts'

const nowMs = Date.UTC(2026, 10, 24, 2, 14)
const server = (change: Partial<TrayServer> = {}): TrayServer => ({
  serverId: 's1',
  name: 'Shop',
  state: 'live',
  ...change
})
const watching: WatchView = {
  state: 'watching',
  stalls: [],
  pause: null,
  lastSweepAtMs: nowMs - 7000,
  hasTray: true
}
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
const view = (alerts: readonly Alert[], watch = watching, servers: readonly TrayServer[] = [server()]) =>
  trayView({ alerts, servers, watch, nowMs, clockTime })
const labels = (alerts: readonly Alert[], watch = watching): readonly string[] =>
  view(alerts, watch).items.flatMap((item) => ('label' in item ? [item.label] : []))

describe('the tray', () => {
  it('says the worst thing in words and counts what nobody has taken', () => {
    const taken = alert({ alertId: 'b', mutedBy: { kind: 'acknowledged', atMs: nowMs } })
    const { state, count, tooltip, isHollow } = view([alert(), taken, alert({ alertId: 'c', severity: 'warning' })])
    expect({ state, count, tooltip, isHollow }).toEqual({
      state: 'critical',
      count: 2,
      tooltip: 'Standby: Shop · functions: 5,012 jobs waiting (limit 5,000) and 1 more · last full sweep 02:13',
      isHollow: false
    })
  })

  it('is calm while all that fires is acknowledged, and still lists it', () => {
    const taken = alert({ mutedBy: { kind: 'acknowledged', atMs: nowMs } })
    const tooltip = 'Standby: nothing fires on 1 server · last full sweep 02:13'
    expect(view([taken])).toMatchObject({ state: 'ok', count: 0, tooltip })
    expect(labels([taken])).toContain('Shop · functions: 5,012 jobs waiting (limit 5,000) · since 02:13')
  })

  it('is hollow while nobody watches, and says why', () => {
    const offline: WatchView = {
      ...watching,
      state: 'blind',
      stalls: [{ kind: 'network', sentence: 'This machine has no network', sinceMs: nowMs - 600_000 }]
    }
    const paused: WatchView = { ...watching, state: 'paused', pause: { fromMs: nowMs, untilMs: nowMs + 3_600_000 } }
    const idle: WatchView = { ...watching, state: 'idle', lastSweepAtMs: null }
    const faces = [view([], offline), view([], paused), view([], idle, [])].map(({ state, isHollow, tooltip }) => {
      return { state, isHollow, tooltip }
    })
    const blind = { state: 'unknown', isHollow: true }
    expect(faces).toEqual([
      { ...blind, tooltip: 'Standby: This machine has no network since 02:04 · last full sweep 02:13' },
      { ...blind, tooltip: 'Standby: Polling is paused until 03:14 · last full sweep 02:13' },
      { ...blind, tooltip: 'Standby: no server to watch' }
    ])
  })

  it('is hollow in the colour of what fires while notices go nowhere, and says so behind the alert', () => {
    const stalls = [{ kind: 'notifier', sentence: 'The desktop takes no notice', sinceMs: nowMs - 60_000 }] as const
    expect(view([alert()], { ...watching, stalls })).toMatchObject({
      state: 'critical',
      isHollow: true,
      tooltip:
        'Standby: Shop · functions: 5,012 jobs waiting (limit 5,000) · The desktop takes no notice since 02:13 · last full sweep 02:13'
    })
  })

  it('pauses polling for no longer than it may be, and resumes it', () => {
    const pauses = view([]).items.flatMap((item) => {
      if (item.kind !== 'menu' || item.label !== 'Pause polling') return []
      return item.items.flatMap((one) => (one.kind === 'act' && one.act.kind === 'pause' ? [one.act.untilMs] : []))
    })
    expect(pauses).toHaveLength(3)
    expect(Math.max(...pauses) - nowMs).toBeLessThanOrEqual(8 * 3_600_000)
    const paused: WatchView = { ...watching, state: 'paused', pause: { fromMs: nowMs, untilMs: nowMs + 3_600_000 } }
    expect(labels([], paused)).toEqual(expect.arrayContaining(['Polling is paused until 03:14', 'Resume polling']))
    expect(labels([], paused)).not.toContain('Pause polling')
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
    const later = trayView({ alerts: [alert()], servers: [server()], watch: watching, nowMs: nowMs + 900, clockTime })
    const sooner = trayView({ alerts: [alert()], servers: [server()], watch: watching, nowMs: nowMs + 100, clockTime })
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
