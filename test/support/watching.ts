import type { Environment } from '../../src-main/contract/connections.ts'
import { cadenceFor } from '../../src-main/core/cadence.ts'
import { someNetwork, somePower } from '../../src-main/headless/machine.ts'
import { memoryStore, memoryVault } from '../../src-main/headless/memory.ts'
import { Connections } from '../../src-main/services/connections.ts'
import { createEngine } from '../../src-main/services/engine.ts'
import type { ServerFacts } from '../../src-main/services/monitor/server-facts.ts'
import { steadyPace, type Pace } from '../../src-main/services/pace.ts'
import { systemClock as realClock } from '../../src-main/services/system-clock.ts'
import { openHistory } from './histories.ts'

export { memoryStore, memoryVault, realClock, someNetwork, somePower }

/** The engine without a window: real HTTP, real time, everything else in memory. */
export function watch(sweepMs = 200, network = someNetwork, pace: Pace = steadyPace(cadenceFor(sweepMs))) {
  const lines: string[] = []
  const vault = memoryVault()
  const connections = new Connections({ store: memoryStore(), vault })
  const history = openHistory('nowhere', { key: () => null })
  const log = (line: string): void => void lines.push(line)
  const engine = createEngine({
    connections,
    history,
    network,
    power: somePower,
    clock: realClock,
    random: Math.random,
    pace,
    resolveProxy: () => Promise.resolve('DIRECT'),
    log
  })
  const { poller } = engine
  engine.start()
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
