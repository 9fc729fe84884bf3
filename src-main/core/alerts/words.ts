import type { Alert, RuleKind, RuleLevel, Severity } from '../../contract/alerts.ts'
import { assertNever } from '../assert-never.ts'

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const jobs = (count: number): string => `${whole.format(count)} ${count === 1 ? 'job' : 'jobs'}`
const duration = (ms: number): string => (ms < 1000 ? `${whole.format(ms)} ms` : `${tenths.format(ms / 1000)} s`)

/** What an alert says, in one sentence with figures and without the server. */
export function titleOf(kind: RuleKind, subject: string, value: number | null, level: RuleLevel): string {
  if (value === null) return `${about(kind, subject)}: nobody knows at the moment`
  switch (kind) {
    case 'depth':
      return `${subject}: ${jobs(value)} waiting (limit ${whole.format(level.at)})`
    case 'growth':
      return `${subject}: grows by ${jobs(value)} a minute (limit ${whole.format(level.at)})`
    case 'forecast':
      return `${subject}: full in about ${whole.format(value)} min`
    case 'failed':
      return `${subject}: ${jobs(value)} failed (limit ${whole.format(level.at)})`
    case 'failed-increase':
      return `${subject}: ${jobs(value)} failed in 15 min (limit ${whole.format(level.at)})`
    case 'check':
      return value >= 2 ? `Check ${subject} fails` : value >= 1 ? `Check ${subject} warns` : `Check ${subject} passes`
    case 'latency':
      return `Check ${subject} took ${duration(value)} (limit ${duration(level.at)})`
    case 'certificate':
      if (value < 0) return `The certificate of ${subject} has ended`
      return `The certificate of ${subject} ends in ${whole.format(value)} ${value === 1 ? 'day' : 'days'}`
    case 'drift':
      return `The server’s clock is ${tenths.format(value)} s off`
    case 'server-down':
      return value >= 1 ? 'Server down: it does not answer' : 'The server answers'
    case 'key':
      return value >= 1 ? `The server refuses the key of ${subject}` : `The server takes the key of ${subject}`
    case 'no-data':
      return `No full sweep for ${whole.format(value)} min`
    default:
      return assertNever(kind)
  }
}

function about(kind: RuleKind, subject: string): string {
  if (kind === 'certificate') return `The certificate of ${subject}`
  if (kind === 'check' || kind === 'latency') return `Check ${subject}`
  return subject === 'server' ? 'The server' : subject
}

const word: Readonly<Record<Severity, string>> = { warning: 'Warning', critical: 'Critical' }

type Told = Pick<Alert, 'severity' | 'serverName' | 'title' | 'isFlapping'>

/** How a notice is headed: the worst of its alerts, and how many there are. */
export function noticeTitle(alerts: readonly Told[], reason: 'new' | 'again'): string {
  const [first] = alerts
  if (first === undefined) return 'Resolved'
  const severity = alerts.some((alert) => alert.severity === 'critical') ? 'critical' : 'warning'
  const still = reason === 'again' ? 'Still ' : ''
  const head = still === '' ? word[severity] : still + word[severity].toLowerCase()
  return alerts.length === 1
    ? `${head} · ${first.serverName}`
    : `${head} · ${first.serverName} · ${alerts.length} alerts`
}

const mostLines = 5

/** What a notice says below: each alert on a line of its own, the gravest first. */
export function noticeBody(alerts: readonly Told[]): string {
  const gravest = alerts.toSorted((a, b) => Number(b.severity === 'critical') - Number(a.severity === 'critical'))
  const lines = gravest
    .slice(0, mostLines)
    .map(({ title, isFlapping }) => (isFlapping ? `${title}, on and off` : title))
  const more = gravest.length - lines.length
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}
