import type { Rule } from '../../src-main/contract/alerts.ts'

/** Fires at the first sample; in the place of the rule of a new installation, which waits a minute. */
export const depthRule: Rule = {
  ruleId: 'depth',
  name: 'Queue depth',
  isEnabled: true,
  kind: 'depth',
  scope: { serverIds: [], subjects: [] },
  warning: null,
  critical: { at: 5000, forMs: 0, samples: 1 },
  clearShare: 0.8,
  keepFiringMs: 0,
  renotifyMs: null,
  runbookUrl: 'https://example.com/runbook?a=1&b=2',
  note: 'Scale the workers.'
}
