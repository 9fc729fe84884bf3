import { failedWindowMs, ruleKinds, type RuleKind } from '../../../src-main/contract/alerts.ts'
import { spanText } from './spans.ts'

/** What a rule of a kind is about, in words. */
export interface KindWords {
  /** In the list of kinds. */
  readonly label: string
  /** What it watches, as the end of `Watches …`. */
  readonly watches: string
  /** Behind a figure: ` min`; empty for plain counts. */
  readonly unit: string
  /** What its subjects are; `null` where the server itself is the only one. */
  readonly subjects: { readonly one: string; readonly many: string; readonly example: string } | null
  /** Whether its value is a figure, the state of a check, or merely yes or no. */
  readonly value: 'figure' | 'check' | 'flag'
  /** Whether a smaller value is the worse one. */
  readonly isLowWorse: boolean
  /** A place to start from: where a new rule of this kind is critical. */
  readonly usual: { readonly warning: number | null; readonly critical: number }
}

const queues = { one: 'Queue', many: 'queues', example: 'functions, v1-*' }
const checks = { one: 'Check', many: 'checks', example: 'db, cache' }
const domains = { one: 'Domain', many: 'domains', example: '*.example.com' }
const keys = { one: 'Connection', many: 'connections', example: 'Shop, pay*' }

const count = { unit: '', value: 'figure', isLowWorse: false } as const
const yesNo = { unit: '', value: 'flag', isLowWorse: false, usual: { warning: null, critical: 1 } } as const

/** Every kind of rule; the unit of its levels is the one the contract names. */
export const kindWords: Readonly<Record<RuleKind, KindWords>> = {
  depth: {
    ...count,
    label: 'Queue depth',
    watches: 'jobs that wait in a queue',
    subjects: queues,
    usual: { warning: 2500, critical: 5000 }
  },
  growth: {
    ...count,
    label: 'Queue growth',
    watches: 'by how many jobs a minute a queue grows',
    unit: '/min',
    subjects: queues,
    usual: { warning: 50, critical: 200 }
  },
  forecast: {
    label: 'Queue soon full',
    watches: 'minutes until a queue likely reaches its threshold',
    unit: ' min',
    subjects: queues,
    value: 'figure',
    isLowWorse: true,
    usual: { warning: 15, critical: 5 }
  },
  failed: {
    ...count,
    label: 'Failed jobs',
    watches: 'failed jobs that the server keeps of a queue',
    subjects: queues,
    usual: { warning: 10, critical: 100 }
  },
  'failed-increase': {
    ...count,
    label: 'New failed jobs',
    watches: `by how many the failed jobs of a queue rose in ${spanText(failedWindowMs)}`,
    subjects: queues,
    usual: { warning: 10, critical: 100 }
  },
  check: {
    label: 'Health check',
    watches: 'whether a health check warns or fails',
    unit: '',
    subjects: checks,
    value: 'check',
    isLowWorse: false,
    usual: { warning: 1, critical: 2 }
  },
  latency: {
    ...count,
    label: 'Slow check',
    watches: 'how long a health check takes',
    unit: ' ms',
    subjects: checks,
    usual: { warning: 500, critical: 2000 }
  },
  certificate: {
    label: 'Certificate',
    watches: 'days until the certificate of a domain ends',
    unit: ' days',
    subjects: domains,
    value: 'figure',
    isLowWorse: true,
    usual: { warning: 14, critical: 2 }
  },
  drift: {
    ...count,
    label: 'Clock drift',
    watches: 'how far the clock of the server is off',
    unit: ' s',
    subjects: null,
    usual: { warning: 2, critical: 30 }
  },
  'server-down': { ...yesNo, label: 'Server down', watches: 'whether the server answers', subjects: null },
  key: { ...yesNo, label: 'Key refused', watches: 'whether the server takes the key of a connection', subjects: keys },
  'no-data': {
    ...count,
    label: 'No data',
    watches: 'minutes since the last full sweep of a server that answers',
    unit: ' min',
    subjects: null,
    usual: { warning: null, critical: 5 }
  }
}

/** The kinds as a choice. */
export const kindOptions = ruleKinds.map((value) => ({ value, label: kindWords[value].label }))
