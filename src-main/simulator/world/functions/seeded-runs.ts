import { activity } from '../daily-shape.ts'
import { chance, saltOf } from '../random.ts'
import { parseCron } from './cron.ts'
import type { Some } from './dice.ts'
import type { FunctionProfile, Task } from './profile.ts'
import { seededRun, type Run } from './run.ts'

export const hourMs = 3_600_000
const minuteMs = 60_000
/** More runs an hour than this would share their chance with the next hour's. */
const mostAnHour = 4096
/** The scheduler starts what is due a little after the minute. */
const schedulerLagMs = 4_000

const some = <T>(list: readonly T[]): Some<T> | null => {
  const [first, ...rest] = list
  return first === undefined ? null : [first, ...rest]
}

/** What comes to a function by itself, known for any hour without the hours before. */
export interface SeededRuns {
  /** Oldest first. `hour` counts hours since 1970. */
  readonly ofHour: (hour: number) => readonly Run[]
  /** How many those are, without making them. */
  readonly countOf: (hour: number) => number
}

export function createSeededRuns(seed: number, profile: FunctionProfile): SeededRuns {
  const scheduled = some(profile.tasks.filter(({ trigger }) => trigger === 'schedule'))
  const incoming = some(profile.tasks.filter(({ trigger }) => trigger !== 'schedule'))
  const cron = profile.schedule !== '' && profile.isEnabled ? parseCron(profile.schedule) : null
  const salt = saltOf(`${profile.functionId} arrivals`)

  const dueMinutes = (hour: number) => {
    if (cron === null || scheduled === null) return []
    const minutes = Array.from({ length: 60 }, (_, minute) => hour * hourMs + minute * minuteMs)
    return minutes.filter((atMs) => cron.isDue(atMs))
  }
  const arrivalsIn = (hour: number) => {
    if (incoming === null) return 0
    const busy = activity((hour + 0.5) * hourMs, profile.peakHour)
    // A third more or less than usual, and the fraction left to chance.
    const expected = profile.runsPerHour * busy * (0.67 + 0.66 * chance(seed, salt, hour))
    return Math.min(mostAnHour / 2, Math.floor(expected + chance(seed, salt + 1, hour)))
  }
  const make = (tasks: Some<Task>, atMs: number, hour: number, slot: number) =>
    seededRun(seed, profile, tasks, { atMs, index: hour * mostAnHour + slot })

  return {
    ofHour: (hour) => {
      const runs: Run[] = []
      if (scheduled !== null) {
        for (const [at, dueMs] of dueMinutes(hour).entries()) {
          const lagMs = schedulerLagMs * chance(seed, salt + 2, hour * 60 + at)
          runs.push(make(scheduled, dueMs + lagMs, hour, mostAnHour / 2 + at))
        }
      }
      if (incoming !== null) {
        const count = arrivalsIn(hour)
        for (let at = 0; at < count; at++) {
          const offsetMs = hourMs * chance(seed, salt + 3, hour * mostAnHour + at)
          runs.push(make(incoming, hour * hourMs + offsetMs, hour, at))
        }
      }
      return runs.sort((a, b) => a.createdAtMs - b.createdAtMs)
    },
    countOf: (hour) => dueMinutes(hour).length + arrivalsIn(hour)
  }
}
