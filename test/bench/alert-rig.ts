import { expect, onTestFinished } from 'vitest'
import type { Rule } from '../../src-main/contract/alerts.ts'
import { cadenceFor } from '../../src-main/core/cadence.ts'
import { someNetwork, somePower } from '../../src-main/headless/machine.ts'
import { memoryStore, memoryVault } from '../../src-main/headless/memory.ts'
import { Alerts } from '../../src-main/services/alerts/alerts.ts'
import { polledSource } from '../../src-main/services/alerts/source.ts'
import { AlertStore } from '../../src-main/services/alerts/store.ts'
import { Connections } from '../../src-main/services/connections.ts'
import { createEngine } from '../../src-main/services/engine.ts'
import type { PollerNews } from '../../src-main/services/poller.ts'
import { steadyPace } from '../../src-main/services/pace.ts'
import { systemClock as clock } from '../../src-main/services/system-clock.ts'
import { Webhooks } from '../../src-main/services/webhooks/webhooks.ts'
import { openPoster } from '../../src-main/shell/poster.ts'
import { FreedesktopNotifier } from '../../src-main/shell/notifier/freedesktop.ts'
import { TestBus, type NotificationDaemon } from '../e2e/support/notifications.ts'
import { startSimulator, type RunningSimulator } from '../e2e/support/simulator.ts'
import { historyKey, openHistory, temporaryFolder } from '../support/histories.ts'

// The rig is plain JavaScript, which this folder's compiler does not read: this type is its seam.
const rig = '../../resources/dev/build.mjs'
const { ensureSimulatorBuilt } = (await import(rig)) as { readonly ensureSimulatorBuilt: () => Promise<string> }

export interface WatchedServer {
  /** As in the title of its notices. */
  readonly name: string
  readonly serverId: string
  readonly simulator: RunningSimulator
}

export interface AlertRig {
  readonly servers: readonly WatchedServer[]
  readonly daemon: NotificationDaemon
}

export interface AlertRigOptions {
  readonly servers: number
  readonly sweepMs: number
  readonly rule: Rule
  /** Told of every look at a server, before the alerts are. */
  readonly onNews: (news: PollerNews) => void
}

/**
 * All that lies between a server and the desktop, put together as the app does it, without its window: the poller over
 * HTTP, alerts and histories on disk, the notifier on a bus. Servers, bus and daemon are processes of their own.
 */
export async function startAlertRig({ servers: count, sweepMs, rule, onNews }: AlertRigOptions): Promise<AlertRig> {
  const { folder, remove } = temporaryFolder()
  onTestFinished(remove)
  const bus = await TestBus.start()
  onTestFinished(() => bus.stop())
  const daemon = await bus.startDaemon('actions body')
  const script = await ensureSimulatorBuilt()
  const simulators = await Promise.all(
    Array.from({ length: count }, (_, seed) => startSimulator(0, seed + 1, '1.5.11', script))
  )
  onTestFinished(async () => {
    await Promise.all(simulators.map((simulator) => simulator.kill()))
  })

  const connections = new Connections({ store: memoryStore(), vault: memoryVault() })
  const servers = simulators.map((simulator, index): WatchedServer => {
    const { endpoint, projectId, apiKey } = simulator
    const name = `server-${index}`
    const { serverId } = connections.add({ name, endpoint, projectId, apiKey, environment: 'production' })
    return { name, serverId, simulator }
  })
  const log = (line: string): void => console.log(line)
  const history = openHistory(folder, { now: () => clock.now(), log })
  const engine = createEngine({
    connections,
    history,
    network: someNetwork,
    power: somePower,
    clock,
    random: Math.random,
    pace: steadyPace(cadenceFor(sweepMs)),
    resolveProxy: () => Promise.resolve('DIRECT'),
    log
  })
  const { poller } = engine
  poller.onNews(onNews)
  const store = new AlertStore({ folder: `${folder}/alerts`, key: historyKey, log })
  store.writeRules([rule])
  const webhooks = new Webhooks({
    store: store.webhooks,
    vault: memoryVault(),
    poster: openPoster({ resolveProxy: () => Promise.resolve('DIRECT') }),
    network: someNetwork,
    clock,
    random: Math.random,
    version: '0.0.0',
    log
  })
  const notifier = new FreedesktopNotifier({ clock, address: bus.address })
  notifier.start()
  const alerts = new Alerts({
    connections,
    source: polledSource({ poller, history, clock }),
    mark: (serverId, mark) => history.mark(serverId, mark),
    store,
    isKept: () => true,
    notifier,
    webhooks,
    sound: () => 'critical',
    clock,
    log,
    onOpen: () => undefined
  })
  engine.start()
  alerts.start()
  onTestFinished(() => {
    alerts.stop()
    notifier.stop()
    engine.stop()
  })
  await expect.poll(() => notifier.face().kind, { timeout: 20_000 }).toBe('buttons')
  return { servers, daemon }
}
