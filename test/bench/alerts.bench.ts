import { expect, it } from 'vitest'
import type { Rule } from '../../src-main/contract/alerts.ts'
import { AlertBook, type Evidence } from '../../src-main/core/alerts/book.ts'
import { randomOf } from '../support/depth-series.ts'

const series = 10_000
const ruleCount = 20
const rounds = 40

const rules: readonly Rule[] = Array.from({ length: ruleCount }, (_, index) => ({
  ruleId: `rule-${index}`,
  name: 'Depth',
  isEnabled: true,
  kind: 'depth',
  scope: { serverIds: [], subjects: [] },
  warning: { at: 2500 + index, forMs: 300_000, samples: 1 },
  critical: { at: 5000 + index, forMs: 60_000, samples: 1 },
  clearShare: 0.8,
  keepFiringMs: 0,
  renotifyMs: 1_800_000,
  runbookUrl: '',
  note: ''
}))

/** One sweep over all servers and what must be told after it, with this share of the series above their limits. */
function sweeps(firing: number): readonly number[] {
  const random = randomOf(7)
  const book = new AlertBook(rules)
  const names = Array.from({ length: series }, (_, index) => [`server-${index >> 4}`, `queue-${index & 15}`] as const)
  const servers = [...new Set(names.map(([serverId]) => serverId))]
  const isFiring = names.map(() => random() < firing)
  return Array.from({ length: rounds }, (_, round) => {
    const atMs = round * 5000
    const evidence = new Map<string, Evidence[]>(servers.map((serverId) => [serverId, []]))
    names.forEach(([serverId, subject], index) => {
      const value = isFiring[index] === true ? 9000 + Math.floor(random() * 100) : Math.floor(random() * 2000)
      evidence.get(serverId)?.push({ kind: 'depth', subject, value, atMs })
    })
    const startMs = performance.now()
    for (const [serverId, own] of evidence) book.observe(serverId, own)
    for (const { instance } of book.due(atMs)) book.tell(instance.alertId, atMs)
    book.taken()
    return performance.now() - startMs
  }).slice(5)
}

it.each([0, 0.001, 0.01])('10,000 series and 20 rules, %s of them firing', (firing) => {
  const times = sweeps(firing).toSorted((a, b) => a - b)
  const median = times[times.length >> 1] ?? NaN
  const most = times.at(-1) ?? NaN
  const bar = firing === 0.01 ? '' : `, ${median <= 50 ? 'met' : 'MISSED'}: median against 50 ms`
  console.log(`${firing * 100} % firing: median ${median.toFixed(1)} ms, most ${most.toFixed(1)} ms${bar}`)
  expect(times).toHaveLength(rounds - 5)
})
