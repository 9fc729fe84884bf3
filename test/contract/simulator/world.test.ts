import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src-main/simulator/simulator.ts'
import { queues, type Queue } from '../../../src-main/simulator/world/queue-profiles.ts'
import { askAs } from './ask.ts'

const minuteMs = 60_000
const noonMs = Date.UTC(2026, 10, 24, 12)
const dayMs = 24 * 60 * minuteMs
/** Those of 1.5; what later versions added comes after them. */
const twelve = queues.slice(0, 12)

const open: Simulator[] = []
async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ seed: 7, startMs: noonMs, isFrozen: true, ...options })
  open.push(simulator)
  return simulator
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()))
})

function depthsOf({ control }: Simulator, queue: Queue, fromMs: number, toMs: number, stepMs: number): number[] {
  return control.depths(fromMs, toMs, stepMs).rows.map(({ depths }) => depths[queues.indexOf(queue)] ?? Number.NaN)
}

describe('the twelve queues', () => {
  it('move from one sweep to the next at any hour, where they are busy', async () => {
    const simulator = await start()
    for (const queue of ['functions', 'databases', 'usage', 'logs'] as const) {
      for (let hour = 0; hour < 24; hour++) {
        const fromMs = noonMs + hour * 60 * minuteMs
        const seen = depthsOf(simulator, queue, fromMs, fromMs + 60 * minuteMs, 10_000)
        const moved = seen.filter((depth, at) => at > 0 && depth !== seen[at - 1]).length
        expect(moved / (seen.length - 1), `${queue} at hour ${hour}`).toBeGreaterThan(0.9)
        expect(Math.max(...seen) - Math.min(...seen), `${queue} at hour ${hour}`).toBeGreaterThan(60)
      }
    }
  })

  it('are busier by day than by night and stay below three quarters of the threshold, whatever the seed', async () => {
    for (const seed of [1, 7, 4_000_000_000]) {
      const simulator = await start({ seed })
      for (const queue of twelve) {
        const day = depthsOf(simulator, queue, noonMs, noonMs + dayMs, 30_000)
        expect(Math.min(...day)).toBeGreaterThanOrEqual(0)
        expect(Math.max(...day), queue).toBeLessThan(3750)
      }
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
      const afternoon = mean(depthsOf(simulator, 'functions', noonMs, noonMs + 4 * 60 * minuteMs, minuteMs))
      const nightMs = noonMs + 13 * 60 * minuteMs
      const night = mean(depthsOf(simulator, 'functions', nightMs, nightMs + 4 * 60 * minuteMs, minuteMs))
      expect(afternoon).toBeGreaterThan(1.5 * night)
    }
  })

  it('have the same past from wherever it is looked at', async () => {
    const simulator = await start()
    const before = simulator.control.depths(noonMs - 60 * minuteMs, noonMs, minuteMs)
    simulator.control.start({ kind: 'flood', queue: 'functions', jobs: 4000 })
    simulator.control.step(30 * minuteMs)
    expect(simulator.control.depths(noonMs - 60 * minuteMs, noonMs - 1, minuteMs).rows).toEqual(
      before.rows.slice(0, -1)
    )
  })
})

describe('trouble in a queue', () => {
  it('floods by so many a minute, and drains back gradually once undone', async () => {
    const simulator = await start()
    const { control } = simulator
    const calm = (fromMs: number) => depthsOf(quiet, 'functions', fromMs, fromMs, 1)[0] ?? 0
    const quiet = await start()
    const now = () => depthsOf(simulator, 'functions', control.clock().nowMs, control.clock().nowMs, 1)[0] ?? 0
    control.start({ kind: 'flood', queue: 'functions', perMinute: 600 })
    expect(now()).toBe(calm(noonMs))
    control.step(5 * minuteMs)
    expect(now() - calm(noonMs + 5 * minuteMs)).toBe(3000)
    control.undo({ kind: 'flood', queue: 'functions' })
    expect(now() - calm(noonMs + 5 * minuteMs)).toBe(3000)
    control.step(minuteMs)
    const left = now() - calm(noonMs + 6 * minuteMs)
    expect(left).toBeGreaterThan(1500)
    expect(left).toBeLessThan(2900)
    control.step(15 * minuteMs)
    expect(now()).toBe(calm(noonMs + 21 * minuteMs))
  })

  it('piles up without a worker, never falling, and goes on from there once it is back', async () => {
    const simulator = await start()
    simulator.control.start({ kind: 'stop-worker', queue: 'databases' })
    simulator.control.step(30 * minuteMs)
    const stopped = depthsOf(simulator, 'databases', noonMs, noonMs + 30 * minuteMs, 10_000)
    expect(stopped.every((depth, at) => at === 0 || depth >= (stopped[at - 1] ?? 0))).toBe(true)
    expect((stopped.at(-1) ?? 0) - (stopped[0] ?? 0)).toBeGreaterThan(5000)
    simulator.control.undo('all')
    simulator.control.step(60 * minuteMs)
    const after = depthsOf(simulator, 'databases', noonMs + 30 * minuteMs, noonMs + 90 * minuteMs, 1000)
    expect(Math.abs((after[0] ?? 0) - (stopped.at(-1) ?? 0))).toBeLessThan(10)
    expect(after.at(-1)).toBe(
      depthsOf(await start(), 'databases', noonMs + 90 * minuteMs, noonMs + 90 * minuteMs, 1)[0]
    )
  })

  it('never is when it is undone before it began', async () => {
    const simulator = await start()
    const before = depthsOf(simulator, 'mails', noonMs, noonMs + dayMs, minuteMs)
    simulator.control.start({ kind: 'flood', queue: 'mails', jobs: 500 })
    simulator.control.step(-minuteMs)
    simulator.control.undo('all')
    simulator.control.step(dayMs)
    expect(depthsOf(simulator, 'mails', noonMs, noonMs + dayMs, minuteMs)).toEqual(before)
  })

  it('keeps depths whole and not negative whatever is done to a queue', async () => {
    const simulator = await start()
    const act = fc.record({
      what: fc.constantFrom('flood-rate', 'flood-jobs', 'stop', 'undo'),
      queue: fc.constantFrom(...queues),
      size: fc.integer({ min: 1, max: 5000 }),
      waitMs: fc.integer({ min: -minuteMs, max: 30 * minuteMs })
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const { control } = simulator
        for (const { what, queue, size, waitMs } of acts) {
          if (what === 'flood-rate') control.start({ kind: 'flood', queue, perMinute: size })
          else if (what === 'flood-jobs') control.start({ kind: 'flood', queue, jobs: size })
          else if (what === 'stop') control.start({ kind: 'stop-worker', queue })
          else control.undo('all')
          control.step(waitMs)
          const { nowMs } = control.clock()
          const seen = control.depths(nowMs - 60 * minuteMs, nowMs, 7 * minuteMs).rows.flatMap((row) => row.depths)
          if (!seen.every((depth) => Number.isInteger(depth) && depth >= 0)) return false
        }
        control.undo('all')
        control.step(dayMs)
        return true
      }),
      { numRuns: 40 }
    )
  })

  it('makes more jobs fail, and a failed job stays', async () => {
    const simulator = await start()
    const failed = async () => {
      const { body } = await askAs(simulator, '/health/queue/failed/v1-functions')
      return (JSON.parse(body) as { size: number }).size
    }
    const first = await failed()
    simulator.control.step(60 * minuteMs)
    const calmHour = (await failed()) - first
    simulator.control.start({ kind: 'flood', queue: 'functions', perMinute: 600 })
    simulator.control.step(60 * minuteMs)
    const flooded = await failed()
    expect(flooded - first).toBeGreaterThan(calmHour + 100)
    simulator.control.undo('all')
    simulator.control.step(60 * minuteMs)
    expect(await failed()).toBeGreaterThanOrEqual(flooded)
  })
})

describe('two simulators with one seed and one clock', () => {
  const paths = [
    ...['', '/version', '/db', '/cache', '/queue', '/pubsub', '/storage', '/storage/local', '/time', '/anti-virus'],
    '/certificate?domain=appwrite.example.com',
    ...twelve.flatMap((queue) => [`/queue/${queue}`, `/queue/${queue}?threshold=1`]),
    ...['v1-functions', 'v1-webhooks', 'v1-audits', 'nope'].map((name) => `/queue/failed/${name}`)
  ]

  it('answer the same bytes', async () => {
    const [one, two] = [await start(), await start()]
    for (const simulator of [one, two]) {
      simulator.control.start({ kind: 'flood', queue: 'usage', perMinute: 90 })
      simulator.control.step(17 * minuteMs)
    }
    for (const path of paths) {
      const [a, b] = await Promise.all([one, two].map((simulator) => askAs(simulator, `/health${path}`)))
      expect({ ...a, elapsedMs: 0 }).toEqual({ ...b, elapsedMs: 0 })
    }
  })

  it('have the same projects and keys, and others with another seed', async () => {
    const [one, two, other] = [await start(), await start(), await start({ seed: 8 })]
    expect(one.projects).toEqual(two.projects)
    expect(one.apiKey).toMatch(/^[0-9a-f]{256}$/)
    expect(other.apiKey).not.toBe(one.apiKey)
    const at = (simulator: Simulator) => depthsOf(simulator, 'functions', noonMs, noonMs + 60 * minuteMs, minuteMs)
    expect(at(other)).not.toEqual(at(one))
  })
})
