import type { Tried, TryArgs } from '../../contract/alerts.ts'
import { checkNames } from '../../contract/health.ts'
import { isWithin } from '../../core/alerts/pattern.ts'
import { replayed, seriesOf } from '../../core/alerts/replay.ts'
import { Failure } from '../../core/failure.ts'
import type { History } from '../history/history.ts'
import type { ServerFacts } from '../monitor/server-facts.ts'

export interface TryOptions {
  readonly servers: readonly ServerFacts[]
  readonly history: Pick<History, 'samples'>
  readonly nowMs: number
}

const dayMs = 86_400_000
const mostFirings = 100

/** Plays a rule over what is kept. Throws `unsupported` for kinds of rules that more than one series decides. */
export function tryRule({ rule, days }: TryArgs, { servers, history, nowMs }: TryOptions): Tried {
  const kind = seriesOf(rule.kind)
  if (kind === null)
    throw new Failure({
      code: 'unsupported',
      message: 'A rule of this kind cannot be tried on what was recorded: its values are not kept as such.'
    })
  const fromMs = nowMs - days * dayMs
  const firings: Tried['firings'][number][] = []
  let samples = 0
  for (const facts of servers) {
    const { serverId } = facts.server
    const serverName = facts.server.connections.map(({ name }) => name).join(', ')
    for (const subject of subjectsOf(rule.kind, facts).filter((one) => isWithin(rule.scope, serverId, one))) {
      const own = history.samples(serverId, `${kind}/${rule.kind === 'drift' ? 'time' : subject}`, fromMs)
      samples += own.length
      const found = replayed({ ...rule, isEnabled: true }, subject, own)
      firings.push(...found.map((firing) => ({ serverId, serverName, subject, ...firing })))
    }
  }
  const newest = firings.toSorted((a, b) => b.fromMs - a.fromMs)
  return { firings: newest.slice(0, mostFirings), count: firings.length, fromMs, samples }
}

function subjectsOf(kind: TryArgs['rule']['kind'], { queues, options }: ServerFacts): readonly string[] {
  if (kind === 'depth' || kind === 'failed') return queues.map(({ queue }) => queue)
  if (kind === 'check' || kind === 'latency') return checkNames
  return kind === 'certificate' ? options.domains : ['server']
}
