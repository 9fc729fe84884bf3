import { spawnSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Rule } from '../../src-main/contract/alerts.ts'
import { randomOf } from '../support/depth-series.ts'
import { startAlertRig, type WatchedServer } from './alert-rig.ts'

const sweepMs = 5_000
const limit = 5_000
/** Nearly empty unless flooded; one for each trial of a server. */
const queues = ['mails', 'webhooks', 'deletes', 'messaging'] as const
const serverCount = 10
/**
 * The trials of one server are so far apart: alerts of one server within 30 s are told in one notice, and each trial must
 * have its own. The servers themselves are told apart, so theirs run side by side.
 */
const apartMs = 35_000

const rule: Rule = {
  ruleId: 'depth',
  name: 'Queue depth',
  isEnabled: true,
  kind: 'depth',
  scope: { serverIds: [], subjects: [...queues] },
  warning: null,
  critical: { at: limit, forMs: 0, samples: 1 },
  clearShare: 0.8,
  keepFiringMs: 0,
  renotifyMs: null,
  runbookUrl: '',
  note: ''
}

interface Trial {
  readonly server: WatchedServer
  readonly queue: (typeof queues)[number]
  /** Where in the period of the queue's sweeps the breach is, 0 to 1. */
  readonly phase: number
}

const isPossible =
  process.platform === 'linux' &&
  [
    ['dbus-daemon', '--version'] as const,
    ['gdbus', 'help'] as const,
    ['/usr/bin/python3', '-cimport dbusmock'] as const
  ]
    .map(([program, argument]) => spawnSync(program, [argument]).status)
    .every((status) => status === 0)

it.skipIf(!isPossible)('from a breach to the notice on the desktop (needs dbus-daemon, gdbus, dbusmock)', async () => {
  const sweptMs = new Map<string, number>()
  /** By server and queue: when the first depth above the limit was asked for, and when it was known. */
  const seen = new Map<string, { readonly askedMs: number; readonly knownMs: number }>()
  const keyOf = (serverId: string, queue: string): string => `${serverId}/${queue}`
  const { servers, daemon } = await startAlertRig({
    servers: serverCount,
    sweepMs,
    rule,
    onNews: (news) => {
      const knownMs = Date.now()
      for (const { atMs, depths } of news.kind === 'news' ? news.news.rows : []) {
        sweptMs.set(news.serverId, atMs)
        for (const queue of queues) {
          const key = keyOf(news.serverId, queue)
          if ((depths[queue] ?? 0) >= limit && !seen.has(key)) seen.set(key, { askedMs: atMs, knownMs })
        }
      }
    }
  })
  // Past what a server is asked for at the start.
  await sleep(15_000)
  expect(sweptMs.size).toBe(serverCount)

  const phases = shuffled(Array.from({ length: serverCount * queues.length }, (_, index) => index))
  const breachedMs = new Map<string, number>()
  const breach = async ({ server, queue, phase }: Trial): Promise<void> => {
    const { serverId, simulator } = server
    const sinceMs = (): number => Date.now() - (sweptMs.get(serverId) ?? NaN) - phase * sweepMs
    await sleep(Math.ceil(sinceMs() < -20 ? -sinceMs() : sweepMs - sinceMs()))
    // Taken before the simulator hears of it: what that takes is counted against us.
    breachedMs.set(keyOf(serverId, queue), Date.now())
    await simulator.control('POST', '/trouble', { kind: 'flood', queue, jobs: 9_000 })
  }
  await Promise.all(
    servers.map(async (server, index) => {
      for (const [at, queue] of queues.entries()) {
        const phase = ((phases[index * queues.length + at] ?? NaN) + 0.5) / phases.length
        const fromMs = Date.now()
        await breach({ server, queue, phase })
        await sleep(fromMs + sweepMs * 2 + apartMs - Date.now())
      }
    })
  )

  const notified = await daemon.notified()
  expect(notified.map(({ replaced }) => replaced)).toEqual(phases.map(() => 0))
  const trials = servers.flatMap(({ serverId, name }, index) =>
    queues.map((queue, at) => {
      const key = keyOf(serverId, queue)
      const phase = ((phases[index * queues.length + at] ?? NaN) + 0.5) / phases.length
      const notice = notified.find(({ title, body }) => title.endsWith(`· ${name}`) && body.startsWith(`${queue}:`))
      const [atMs, beganMs, row] = [notice?.atMs ?? NaN, breachedMs.get(key) ?? NaN, seen.get(key)]
      return {
        delayMs: atMs - beganMs,
        sampleMs: atMs - (row?.knownMs ?? NaN),
        offMs: Math.abs((row?.askedMs ?? NaN) - beganMs - (1 - phase) * sweepMs)
      }
    })
  )
  report(trials)
  expect(trials.every(({ delayMs, sampleMs }) => delayMs > 0 && sampleMs >= 0)).toBe(true)
})

function report(trials: readonly { readonly delayMs: number; readonly sampleMs: number; readonly offMs: number }[]) {
  const [delay, sample, off] = (['delayMs', 'sampleMs', 'offMs'] as const).map((name) => spread(trials, name))
  console.log(
    [
      `\nalerts (${trials.length} breaches on ${serverCount} servers, a sweep every ${sweepMs / 1000} s, \`for: 0\`, alerts and histories on disk)`,
      verdict('breach to the daemon’s Notify, p50', (delay?.p50 ?? NaN) / 1000, 2.6, 's'),
      verdict('breach to the daemon’s Notify, most', (delay?.most ?? NaN) / 1000, 5.5, 's'),
      '  Prometheus with Alertmanager at the same intervals: 5.9–7.9 s',
      verdict('sample to notification, p50', sample?.p50 ?? NaN, 50, 'ms'),
      verdict('sample to notification, most', sample?.most ?? NaN, 50, 'ms'),
      `  each breach at its own phase of the period, off by ${(off?.most ?? NaN).toFixed(0)} ms at most; load ${loadavg()
        .slice(0, 2)
        .map((load) => load.toFixed(2))
        .join(' and ')} over 1 and 5 min`
    ].join('\n')
  )
}

function verdict(text: string, value: number, bar: number, unit: 's' | 'ms'): string {
  const figure = unit === 's' ? value.toFixed(2) : value.toFixed(0)
  return `  ${value <= bar ? 'met' : 'MISSED'}: ${text} ${figure} ${unit} (bar: at most ${bar} ${unit})`
}

function spread<Name extends string>(all: readonly Readonly<Record<Name, number>>[], name: Name) {
  const sorted = all.map((one) => one[name]).toSorted((a, b) => a - b)
  const middle = [Math.ceil(sorted.length / 2) - 1, sorted.length >> 1].map((at) => sorted[at] ?? NaN)
  return { p50: middle.reduce((sum, value) => sum + value / 2, 0), most: sorted.at(-1) ?? NaN }
}

/** The same order in every run. */
function shuffled(numbers: readonly number[]): readonly number[] {
  const random = randomOf(40)
  return numbers
    .map((number) => [random(), number] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, number]) => number)
}
