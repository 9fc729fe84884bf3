import type { Alert, AlertStep, RuleKind } from '../../../src-main/contract/alerts.ts'
import { defaultThreshold } from '../../../src-main/contract/queues.ts'
import type { SeriesName } from '../../../src-main/contract/series.ts'
import { count } from '../../parts/numbers.ts'
import { duration } from '../../parts/times.ts'

/** Where a person looks for alerts of a state. */
export const lists = ['Firing', 'Acknowledged', 'Snoozed'] as const
export type ListName = (typeof lists)[number]

/** In which list an alert stands: one that is silenced still fires, and says so. */
export function listOf({ mutedBy }: Alert): ListName {
  if (mutedBy?.kind === 'acknowledged') return 'Acknowledged'
  return mutedBy?.kind === 'snooze' ? 'Snoozed' : 'Firing'
}

const units: Readonly<Record<RuleKind, string>> = {
  depth: ' jobs',
  growth: ' jobs/min',
  forecast: ' min',
  failed: ' jobs',
  'failed-increase': ' jobs in 15 min',
  check: '',
  latency: ' ms',
  certificate: ' days',
  drift: ' s',
  'server-down': '',
  key: '',
  'no-data': ' min'
}

/** A value with its unit: `5,012 jobs`, `fails`, `unknown`. */
export function valueWords(kind: RuleKind, value: number | null): string {
  if (value === null) return 'unknown'
  if (kind === 'check') return value >= 2 ? 'fails' : value >= 1 ? 'warns' : 'passes'
  if (kind === 'server-down') return value >= 1 ? 'no answer' : 'answers'
  if (kind === 'key') return value >= 1 ? 'refused' : 'accepted'
  // No forecast: nothing is about to be full.
  if (kind === 'forecast' && value >= Number.MAX_SAFE_INTEGER) return 'no end in sight'
  return `${count(Math.round(value * 10) / 10)}${units[kind]}`
}

/** What would end it, in one sentence. */
export function clearWords({ rule: { kind }, clearAt, state }: Alert): string {
  if (state === 'pending') return 'It fires if this goes on.'
  if (kind === 'check') return 'Clears once the check passes.'
  if (kind === 'server-down') return 'Clears once the server answers.'
  if (kind === 'key') return 'Clears once the server takes the key: edit the connection, or renew the key in Appwrite.'
  const isLowWorse = kind === 'forecast' || kind === 'certificate'
  return `Clears ${isLowWorse ? 'above' : 'below'} ${valueWords(kind, clearAt)}.`
}

/** How the present level is breached: `5,000 jobs or more for 1 min`. */
export function levelWords(kind: RuleKind, { at, forMs, samples }: Alert['level']): string {
  const isLowWorse = kind === 'forecast' || kind === 'certificate'
  const isSwitch = kind === 'check' || kind === 'server-down' || kind === 'key'
  const limit = isSwitch ? valueWords(kind, at) : `${valueWords(kind, at)} or ${isLowWorse ? 'less' : 'more'}`
  const lasting = forMs > 0 ? ` for ${duration(forMs)}` : ''
  return `${limit}${lasting}${samples > 1 ? `, ${samples} times in a row` : ''}`
}

const stepNames: Readonly<Record<AlertStep['kind'], string>> = {
  pending: 'Began',
  firing: 'Fired',
  worse: 'Got worse',
  better: 'Got better',
  resolved: 'Resolved',
  flapping: 'Comes and goes: held together as one',
  told: 'Told',
  acknowledged: 'Acknowledged',
  unacknowledged: 'Not acknowledged any more',
  snoozed: 'Snoozed',
  unsnoozed: 'Snooze ended'
}

/** A step of the trace: `Fired, critical, at 5,012 jobs`. */
export function stepWords(kind: RuleKind, step: AlertStep): string {
  const hasValue = ['pending', 'firing', 'worse', 'better', 'resolved'].includes(step.kind) && step.value !== null
  const severity = step.severity !== null && step.kind !== 'told' ? `, ${step.severity}` : ''
  return `${stepNames[step.kind]}${severity}${hasValue ? `, at ${valueWords(kind, step.value)}` : ''}`
}

/** What the chart of an alert shows; `null` where no series is kept of what it looks at. */
export function seriesOf({ rule: { kind }, subject }: Alert): SeriesName | null {
  switch (kind) {
    case 'depth':
    case 'growth':
    case 'forecast':
      return `depth/${subject}`
    case 'failed':
    case 'failed-increase':
      return `failed/${subject}`
    case 'check':
      return `level/${subject}`
    case 'latency':
      return `latency/${subject}`
    case 'certificate':
      return `days/${subject}`
    case 'drift':
      return 'drift/time'
    case 'server-down':
      return 'level/server'
    case 'key':
    case 'no-data':
      return null
  }
}

/** Where the line of the limit is on the chart of its series; infinite where the chart shows something else. */
export function chartThreshold({ rule: { kind }, level }: Alert): number {
  if (kind === 'growth' || kind === 'failed-increase') return Infinity
  if (kind === 'forecast') return defaultThreshold
  if (kind === 'server-down') return 2
  return kind === 'drift' ? level.at * 1000 : level.at
}

/** Why nobody is told of a firing alert. */
export function mutedWords(mutedBy: NonNullable<Alert['mutedBy']>, until: (atMs: number) => string): string {
  switch (mutedBy.kind) {
    case 'silence':
      return `Silenced until ${until(mutedBy.untilMs)}`
    case 'maintenance':
      return `Maintenance until ${until(mutedBy.untilMs)}`
    case 'server-down':
      return 'Muted while the server is down'
    case 'snooze':
      return `Snoozed until ${until(mutedBy.untilMs)}`
    case 'acknowledged':
      return `Acknowledged ${until(mutedBy.atMs)}`
  }
}
