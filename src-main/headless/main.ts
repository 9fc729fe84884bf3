import { text } from 'node:stream/consumers'
import { initialSettings } from '../contract/settings.ts'
import { cadenceFor } from '../core/cadence.ts'
import { redact } from '../core/redact.ts'
import { Connections } from '../services/connections.ts'
import { createEngine } from '../services/engine.ts'
import { History } from '../services/history/history.ts'
import { steadyPace } from '../services/pace.ts'
import { systemClock as clock } from '../services/system-clock.ts'
import { Lateness } from './lateness.ts'
import { someNetwork as network, somePower as power } from './machine.ts'
import { memoryStore, memoryVault } from './memory.ts'
import { parseOrder, type Order } from './order.ts'

// The engine without a window: reads from standard input what to watch, and prints one line of JSON for each sweep once
// it is kept, and a last one with what it cost.

function run(order: Order): void {
  const connections = new Connections({ store: memoryStore(), vault: memoryVault() })
  const log = (line: string): void => void process.stderr.write(`${redact(line, connections.secrets())}\n`)
  const history = new History({
    folder: order.folder,
    key: () => order.historyKey,
    isKept: () => true,
    retention: () => initialSettings.retention,
    now: () => clock.now(),
    log
  })
  const lateness = new Lateness()
  const engine = createEngine({
    connections,
    history,
    network,
    power,
    clock,
    random: Math.random,
    pace: steadyPace(order.cadence ?? cadenceFor(order.sweepMs)),
    resolveProxy: () => Promise.resolve('DIRECT'),
    log,
    onRun: (task, lateMs) => lateness.add(task.lane, lateMs)
  })
  const print = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
  for (const connection of order.connections) connections.add(connection)
  engine.poller.onNews((news) => {
    if (news.kind === 'news' && news.news.rows.length > 0)
      print({ kind: 'sweep', serverId: news.serverId, rows: news.news.rows })
  })
  engine.start()
  const stop = (): void => {
    const { user, system } = process.cpuUsage()
    const requests = engine.poller.all().reduce((sum, { requestsPerMinute }) => sum + requestsPerMinute, 0)
    engine.stop()
    print({ kind: 'end', cpuMs: (user + system) / 1000, requestsPerMinute: requests, late: lateness.quantiles() })
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop)
  process.on('SIGUSR2', () => lateness.forget())
}

try {
  run(parseOrder(await text(process.stdin)))
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
  process.exitCode = 2
}
