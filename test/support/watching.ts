import type { Environment } from '../../src-main/contract/connections.ts'
import type { ServerOptions } from '../../src-main/contract/servers.ts'
import { initialSettings } from '../../src-main/contract/settings.ts'
import { cadenceFor } from '../../src-main/core/cadence.ts'
import { Connections } from '../../src-main/services/connections.ts'
import { MemoryHistory } from '../../src-main/services/history.ts'
import { lanes, totalLimit } from '../../src-main/services/lanes.ts'
import type { ServerFacts } from '../../src-main/services/monitor/server-facts.ts'
import { steadyPace, type Pace } from '../../src-main/services/pace.ts'
import { Poller } from '../../src-main/services/poller.ts'
import type { Clock, KeptTrust, Network, Power, Profile, SettingsStore, Vault } from '../../src-main/services/ports.ts'
import { Scheduler } from '../../src-main/services/scheduler.ts'

export const realClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, act) => {
    const timer = setTimeout(act, delayMs)
    return () => clearTimeout(timer)
  }
}

export function memoryVault(): Vault {
  const secrets = new Map<string, string>()
  const view = { kind: 'memory', backend: 'none', asksForWeak: false, unreadableKeys: 0, notice: '' } as const
  return {
    get: (id) => secrets.get(id) ?? null,
    set: (id, secret) => void secrets.set(id, secret),
    delete: (id) => void secrets.delete(id),
    secrets: () => [...secrets.values()],
    view: () => view,
    answer: () => view,
    onChange: () => () => undefined
  }
}

export function memoryStore(): SettingsStore {
  let profiles: readonly Profile[] = []
  let trusts: Readonly<Record<string, KeptTrust>> = {}
  let settings = initialSettings
  let options: Readonly<Record<string, ServerOptions>> = {}
  return {
    profiles: () => profiles,
    writeProfiles: (next) => (profiles = next),
    trusts: () => trusts,
    writeTrusts: (next) => (trusts = next),
    options: () => options,
    writeOptions: (next) => (options = next),
    settings: () => settings,
    writeSettings: (next) => (settings = next)
  }
}

/** A network that is there. */
export const someNetwork: Network = { hasInterface: () => true, systemSaysOnline: () => true }

/** A machine on mains that never sleeps. */
export const somePower: Power = {
  onSuspend: () => () => undefined,
  onResume: () => () => undefined,
  isOnMains: () => true,
  onMainsChange: () => () => undefined,
  stayAwake: () => undefined
}

/** The engine without a window: real HTTP, real time, everything else in memory. */
export function watch(sweepMs = 200, network = someNetwork, pace: Pace = steadyPace(cadenceFor(sweepMs))) {
  const lines: string[] = []
  const vault = memoryVault()
  const connections = new Connections({ store: memoryStore(), vault })
  const history = new MemoryHistory(1000)
  const log = (line: string): void => void lines.push(line)
  const scheduler = new Scheduler({
    clock: realClock,
    random: Math.random,
    lanes,
    limit: totalLimit,
    onDefect: (task, thrown) => log(`defect in ${task.name}: ${String(thrown)}`)
  })
  const poller = new Poller({
    connections,
    history,
    scheduler,
    network,
    power: somePower,
    clock: realClock,
    random: Math.random,
    pace,
    resolveProxy: () => Promise.resolve('DIRECT'),
    log
  })
  poller.start()
  const add = (endpoint: string, projectId: string, apiKey: string, environment: Environment = 'staging') =>
    connections.add({ name: projectId, endpoint, projectId, apiKey, environment })
  /** Resolves when the server's facts are as asked for; the test's own time limit ends the wait. */
  const until = (serverId: string, isSo: (facts: ServerFacts) => boolean): Promise<ServerFacts> =>
    new Promise((resolve) => {
      const look = (): boolean => {
        const facts = poller.facts(serverId)
        if (!isSo(facts)) return false
        resolve(facts)
        return true
      }
      if (look()) return
      const stop = poller.onNews((news) => {
        if (news.kind === 'news' && news.serverId === serverId && look()) stop()
      })
    })
  return { connections, history, poller, vault, lines, add, until }
}
