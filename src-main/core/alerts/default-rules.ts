import type { Rule, RuleLevel } from '../../contract/alerts.ts'
import { driftLimits } from '../limits.ts'

const minuteMs = 60_000
const everywhere = { serverIds: [], subjects: [] } as const
const level = (at: number, forMs = 0, samples = 1): RuleLevel => ({ at, forMs, samples })

const common = {
  isEnabled: true,
  scope: everywhere,
  warning: null,
  critical: null,
  clearShare: 1,
  keepFiringMs: 0,
  renotifyMs: 30 * minuteMs,
  runbookUrl: '',
  note: ''
} as const

/** What a new installation watches for. Two certificates rules, since Appwrite renews at 30 days: at 14 that failed. */
export const defaultRules: readonly Rule[] = [
  { ...common, ruleId: 'server-down', name: 'Server down', kind: 'server-down', critical: level(1) },
  { ...common, ruleId: 'key', name: 'Key refused', kind: 'key', critical: level(1) },
  {
    ...common,
    ruleId: 'depth',
    name: 'Queue depth',
    kind: 'depth',
    warning: level(2500, 5 * minuteMs),
    critical: level(5000, minuteMs),
    clearShare: 0.8
  },
  {
    ...common,
    ruleId: 'forecast',
    name: 'Queue soon full',
    kind: 'forecast',
    warning: level(15, minuteMs),
    clearShare: 0.5,
    keepFiringMs: 2 * minuteMs
  },
  {
    ...common,
    ruleId: 'failed',
    name: 'Failed jobs',
    kind: 'failed-increase',
    warning: level(10),
    critical: level(100)
  },
  { ...common, ruleId: 'check', name: 'Check failing', kind: 'check', critical: level(2, 0, 2) },
  {
    ...common,
    ruleId: 'certificate-renewal',
    name: 'Certificate not renewed',
    kind: 'certificate',
    warning: level(30),
    critical: level(7)
  },
  {
    ...common,
    ruleId: 'certificate',
    name: 'Certificate ends',
    kind: 'certificate',
    warning: level(14),
    critical: level(2)
  },
  {
    ...common,
    ruleId: 'drift',
    name: 'Clock off',
    kind: 'drift',
    warning: level(driftLimits.warningMs / 1000),
    critical: level(driftLimits.criticalMs / 1000)
  },
  { ...common, ruleId: 'no-data', name: 'No data', kind: 'no-data', critical: level(5) }
]
