import type { Tried, TryArgs } from '../../contract/alerts.ts'
import { checkNames } from '../../contract/health.ts'
import { isWithin } from '../../core/alerts/pattern.ts'
import { Replay } from '../../core/alerts/replay.ts'
import { readingsOf, seriesOf } from '../../core/alerts/replay-values.ts'
import { Failure } from '../../core/failure.ts'
import type { History } from '../history/history.ts'
import type { ServerFacts } from '../monitor/server-facts.ts'
import type { Clock } from '../ports.ts'

export interface TryOptions {
  readonly servers: readonly ServerFacts[]
  readonly history: Pick<History, 'samples'>
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>
}

const dayMs = 86_400_000
const mostFirings = 100
/** So long it keeps all else in main waiting at most. */
const sliceMs = 10

/** Plays a rule over what is kept, in small steps. Throws `unsupported` for kinds of rules whose values are not kept. */
export async function tryRule(
  { rule, days }: TryArgs,
  { servers, history, clock }: TryOptions,
  signal: AbortSignal
): Promise<Tried> {
  const kind = seriesOf(rule.kind)
  if (kind === null)
    throw new Failure({
      code: 'unsupported',
      message: 'A rule of this kind cannot be tried on what was recorded: its values are not kept as such.'
    })
  const fromMs = clock.now() - days * dayMs
  let sliceEndMs = clock.monotonicMs() + sliceMs
  const firings: Tried['firings'][number][] = []
  let samples = 0
  for (const facts of servers) {
    const { serverId } = facts.server
    const serverName = facts.server.connections.map(({ name }) => name).join(', ')
    for (const subject of subjectsOf(rule.kind, facts).filter((one) => isWithin(rule.scope, serverId, one))) {
      const own = history.samples(serverId, `${kind}/${rule.kind === 'drift' ? 'time' : subject}`, fromMs)
      samples += own.length
      const replay = new Replay({ ...rule, isEnabled: true }, subject)
      for (const reading of readingsOf(rule.kind, own)) {
        replay.look(reading)
        if (clock.monotonicMs() < sliceEndMs) continue
        await new Promise((resolve) => setImmediate(resolve))
        signal.throwIfAborted()
        sliceEndMs = clock.monotonicMs() + sliceMs
      }
      firings.push(...replay.firings().map((firing) => ({ serverId, serverName, subject, ...firing })))
    }
  }
  const newest = firings.toSorted((a, b) => b.fromMs - a.fromMs)
  return { firings: newest.slice(0, mostFirings), count: firings.length, fromMs, samples }
}

function subjectsOf(kind: TryArgs['rule']['kind'], { queues, options }: ServerFacts): readonly string[] {
  const series = seriesOf(kind)
  if (series === 'depth' || series === 'failed') return queues.map(({ queue }) => queue)
  if (kind === 'check' || kind === 'latency') return checkNames
  return kind === 'certificate' ? options.domains : ['server']
}
