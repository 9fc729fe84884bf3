import { momentOf } from './ids.ts'
import type { FunctionProfile } from './profile.ts'
import type { Run } from './run.ts'
import { createSeededRuns, hourMs } from './seeded-runs.ts'

const hoursADay = 24
const keptDays = 14
/** A synchronous run's document is made when it ends, at most this much after its hour. */
const longestRunHours = 1
const mostRemembered = 20 * hoursADay

/** The runs of one function: those that came by themselves, and those that callers made here. */
export interface RunHistory {
  /** What is kept at a time, oldest first: Appwrite clears away the older ones every midnight. */
  readonly until: (nowMs: number) => readonly Run[]
  readonly find: (id: string, nowMs: number) => Run | null
  readonly add: (run: Run) => void
  readonly delete: (id: string) => void
  readonly countOf: (hour: number) => number
}

export function createRunHistory(seed: number, profile: FunctionProfile, createdAtMs: number): RunHistory {
  const seeded = createSeededRuns(seed, profile)
  const remembered = new Map<number, readonly Run[]>()
  const added: Run[] = []
  const deleted = new Set<string>()

  const ofHour = (hour: number): readonly Run[] => {
    const known = remembered.get(hour)
    if (known !== undefined) return known
    if (remembered.size >= mostRemembered) remembered.clear()
    const runs = seeded.ofHour(hour)
    remembered.set(hour, runs)
    return runs
  }
  const keptFromMs = (nowMs: number) => {
    const midnight = Math.floor(nowMs / (hoursADay * hourMs)) * hoursADay * hourMs
    return Math.max(createdAtMs, midnight - keptDays * hoursADay * hourMs)
  }
  const isKept = ({ id, createdAtMs: atMs }: Run, nowMs: number) =>
    atMs >= keptFromMs(nowMs) && atMs <= nowMs && !deleted.has(id)

  return {
    until: (nowMs) => {
      const [first, last] = [Math.floor(keptFromMs(nowMs) / hourMs) - longestRunHours, Math.floor(nowMs / hourMs)]
      const runs: Run[] = []
      for (let hour = first; hour <= last; hour++) {
        for (const run of ofHour(hour)) if (isKept(run, nowMs)) runs.push(run)
      }
      for (const run of added) if (isKept(run, nowMs)) runs.push(run)
      return runs.sort((a, b) => a.createdAtMs - b.createdAtMs)
    },
    find: (id, nowMs) => {
      const atMs = momentOf(id)
      const hour = atMs === null ? null : Math.floor(atMs / hourMs)
      const near = hour === null ? [] : [...ofHour(hour - longestRunHours), ...ofHour(hour)]
      const run = added.find((candidate) => candidate.id === id) ?? near.find((candidate) => candidate.id === id)
      return run !== undefined && isKept(run, nowMs) ? run : null
    },
    add: (run) => {
      added.push(run)
    },
    delete: (id) => {
      deleted.add(id)
    },
    countOf: seeded.countOf
  }
}
