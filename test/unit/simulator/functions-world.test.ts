import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createClock } from '../../../src-main/simulator/world/clock.ts'
import { archiveBytes, archiveOf } from '../../../src-main/simulator/world/functions/archive.ts'
import { profilesOf } from '../../../src-main/simulator/world/functions/catalogue.ts'
import { parseCron } from '../../../src-main/simulator/world/functions/cron.ts'
import { buildOf } from '../../../src-main/simulator/world/functions/deployment.ts'
import { createDice } from '../../../src-main/simulator/world/functions/dice.ts'
import { createFunctionsWorld } from '../../../src-main/simulator/world/functions/functions-world.ts'
import { idAt, momentOf } from '../../../src-main/simulator/world/functions/ids.ts'
import { takenAt } from '../../../src-main/simulator/world/functions/postponed.ts'
import { sceneOf } from '../../../src-main/simulator/world/functions/run.ts'
import { deploymentAt } from '../../../src-main/simulator/world/functions/seeded-deployments.ts'
import { createSeededRuns, hourMs } from '../../../src-main/simulator/world/functions/seeded-runs.ts'
import { createTroubles, type Span } from '../../../src-main/simulator/world/troubles.ts'

const nightMs = Date.UTC(2026, 10, 24, 3)
const minuteMs = 60_000

function worldAt(nowMs: number, seed = 7, projectId = 'storefront') {
  const clock = createClock(() => 0, nowMs, true)
  const troubles = createTroubles()
  return { clock, troubles, world: createFunctionsWorld(seed, { projectId, name: projectId }, clock, troubles) }
}

const profileNamed = (functionId: string) => {
  const profile = profilesOf('storefront').find((candidate) => candidate.functionId === functionId)
  if (profile === undefined) throw new Error(`No profile "${functionId}".`)
  return profile
}

describe('a cron expression', () => {
  it.each([
    ['*/30 * * * *', ['02:00', '02:30', '03:00', '03:30', '04:00', '04:30']],
    ['5 */2 * * *', ['02:05', '04:05']],
    ['15 2 * * *', ['02:15']],
    ['0-2,59 3 * * *', ['03:00', '03:01', '03:02', '03:59']],
    ['0 3 * * 1', []],
    ['0 3 * * 2', ['03:00']],
    ['0 3 24 11 *', ['03:00']],
    ['0 3 25 11 *', []]
  ])('%s is due at its minutes on a Tuesday', (expression, due) => {
    const cron = parseCron(expression)
    const hours = Array.from({ length: 3 * 60 }, (_, minute) => nightMs - 60 * minuteMs + minute * minuteMs)
    const found = hours.filter((atMs) => cron.isDue(atMs)).map((atMs) => new Date(atMs).toISOString().slice(11, 16))
    expect(found).toEqual(due)
  })
})

describe('an id', () => {
  it('tells the moment it was made at, and one that was chosen tells none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000_000 }), fc.integer(), (atMs, seed) => {
        const id = idAt(atMs, createDice(seed, 1, 1))
        expect(id).toMatch(/^[0-9a-f]{20,21}$/)
        expect(momentOf(id)).toBe(atMs)
      })
    )
    expect(momentOf('checkout-api')).toBeNull()
  })
})

describe('the runs that come by themselves', () => {
  it('of an hour are as many as counted, in order, each of an id of its own', () => {
    for (const profile of profilesOf('storefront')) {
      const runs = createSeededRuns(7, profile)
      const ids = new Set<string>()
      let count = 0
      for (let hour = nightMs / hourMs - 24; hour < nightMs / hourMs; hour++) {
        const found = runs.ofHour(hour)
        expect(found).toHaveLength(runs.countOf(hour))
        expect(found).toEqual(createSeededRuns(7, profile).ofHour(hour))
        expect(found.every((run, at) => at === 0 || run.createdAtMs >= (found[at - 1]?.createdAtMs ?? 0))).toBe(true)
        for (const { id } of found) ids.add(id)
        count += found.length
      }
      expect(ids.size).toBe(count)
    }
  })

  it('are what they were, whenever and with whatever seed they are looked at', () => {
    const lookAt = (nowMs: number, seed: number) => {
      const executions = worldAt(nowMs, seed).world.find('payment-webhooks')?.executions() ?? []
      return executions.map(({ run, deploymentId, phase, ending, durationMs }) =>
        [run.id, run.path, deploymentId, phase, ending.code, durationMs].join(' ')
      )
    }
    for (const seed of [1, 4_000_000_000]) {
      const before = lookAt(nightMs, seed)
      const after = lookAt(nightMs + 6 * hourMs, seed)
      expect(before.length).toBeGreaterThan(2000)
      expect(after.slice(0, before.length)).toEqual(before)
      expect(after.length).toBeGreaterThan(before.length)
    }
  })

  it('end as a rule, say what went wrong, and never take longer than they may', () => {
    for (const projectId of ['storefront', 'mobile']) {
      const { world } = worldAt(nightMs, 7, projectId)
      for (const state of world.all()) {
        const executions = state.executions()
        const failed = executions.filter(({ ending }) => ending.code >= 500)
        expect(failed.length).toBeLessThanOrEqual(executions.length * 0.25)
        for (const { run, ending, durationMs, deploymentId, startedAtMs } of failed.slice(-20)) {
          const scene = sceneOf(world.seed, state.profile, run, { atMs: startedAtMs, durationMs, deploymentId })
          expect(ending.errors?.(scene)).toMatch(/\S{4}/)
          expect(deploymentId).toMatch(/^[0-9a-f]{20}$/)
        }
        const longestMs = Math.max(0, ...executions.map(({ durationMs }) => durationMs))
        expect(longestMs).toBeLessThanOrEqual(state.profile.timeoutS * 1000 + 50)
      }
    }
  })

  it('found by id are the same as in the list', () => {
    const state = worldAt(nightMs).world.find('sales-report')
    for (const execution of state?.executions() ?? []) expect(state?.execution(execution.run.id)).toEqual(execution)
    expect(state?.execution('nope')).toBeNull()
    expect(state?.execution('6b04be9a71d8cba86f4d')).toBeNull()
  })
})

describe('a job without a worker', () => {
  it('is taken after those that came before it, and never while nobody works', () => {
    const gap = fc.record({ fromMs: fc.nat(10_000), lastsMs: fc.nat(5_000) })
    fc.assert(
      fc.property(fc.array(gap, { maxLength: 4 }), fc.nat(20_000), fc.nat(500), (drawn, atMs, laterMs) => {
        const gaps = drawn
          .map(({ fromMs, lastsMs }) => ({ fromMs, toMs: fromMs + lastsMs }))
          .sort((a, b) => a.fromMs - b.fromMs)
          .filter(({ fromMs }, at, all) => at === 0 || fromMs >= (all[at - 1]?.toMs ?? 0))
        const takenMs = takenAt(atMs, gaps)
        expect(takenMs).toBeGreaterThanOrEqual(atMs)
        expect(gaps.some(({ fromMs, toMs }) => takenMs >= fromMs && takenMs < toMs)).toBe(false)
        const inSameGap = gaps.some(({ fromMs, toMs }) => atMs >= fromMs && atMs + laterMs < toMs)
        if (inSameGap && gaps.length === 1) expect(takenAt(atMs + laterMs, gaps)).toBeGreaterThanOrEqual(takenMs)
      })
    )
    expect(takenAt(5, [{ fromMs: 0, toMs: Infinity }])).toBe(Infinity)
  })
})

describe('a build', () => {
  const stages = ['waiting', 'processing', 'building', 'ready']

  it('only ever goes forward, whatever troubles come and go', () => {
    const trouble = fc.record({
      kind: fc.constantFrom('stop', 'wedge'),
      fromMs: fc.nat(200_000),
      lastsMs: fc.option(fc.nat(200_000))
    })
    fc.assert(
      fc.property(fc.array(trouble, { maxLength: 4 }), fc.integer(), (drawn, seed) => {
        const deployment = deploymentAt(profileNamed('checkout-api'), 0, createDice(seed, 1, 1))
        const spans = drawn.map(({ kind, fromMs, lastsMs }): Span => ({
          trouble: kind === 'stop' ? { kind: 'stop-worker', queue: 'builds' } : { kind: 'wedged-build' },
          fromMs,
          toMs: lastsMs === null ? null : fromMs + lastsMs
        }))
        let stage = 0
        let workedMs = 0
        for (let nowMs = 0; nowMs < 600_000; nowMs += 7_000) {
          const build = buildOf(deployment, spans, nowMs)
          expect(stages.indexOf(build.status)).toBeGreaterThanOrEqual(stage)
          expect(build.workedMs).toBeGreaterThanOrEqual(workedMs)
          expect(build.workedMs).toBeLessThanOrEqual(deployment.buildMs + 1e-6)
          stage = stages.indexOf(build.status)
          workedMs = build.workedMs
        }
      }),
      { numRuns: 60 }
    )
  })
})

describe('an archive', () => {
  it('weighs what it is said to, and unpacks', () => {
    fc.assert(
      fc.property(fc.nat(300_000), fc.integer(), (sourceBytes, seed) => {
        const profile = profileNamed('checkout-api')
        const deployment = { ...deploymentAt(profile, nightMs, createDice(seed, 1, 1)), sourceBytes }
        const bytes = archiveOf(deployment, 'source')
        expect(bytes).toHaveLength(archiveBytes(deployment, 'source'))
        const tar = gunzipSync(bytes)
        expect(tar.length % 512).toBe(0)
        expect(tar.subarray(0, 12).toString()).toBe('package.json')
      }),
      { numRuns: 30 }
    )
  })
})

describe('a bad deployment', () => {
  it('of every function when none is named leaves alone what was never deployed', () => {
    const { clock, troubles, world } = worldAt(nightMs)
    troubles.start({ kind: 'bad-deployment', failRate: 0.4 }, clock.nowMs())
    clock.step(hourMs)
    expect(world.find('gift-cards')?.deployments.all()).toEqual([])
    for (const state of world.all().filter(({ profile }) => profile.habit !== 'none')) {
      const active = world.findDeployment(state.activeId())
      expect(active?.state.deployment.failRate).toBe(0.4)
    }
  })
})
