import { oneOf } from '../http/params.ts'
import { ok, type Asked, type Resource, type Route } from '../http/route.ts'
import { isFrom, type Version } from '../versions/version.ts'
import type { FunctionState } from '../world/functions/function.ts'
import { archiveBytes } from '../world/functions/archive.ts'
import { functionOf, functionsOf } from './functions-access.ts'
import { isoTime } from './functions-fields.ts'

const hourMs = 3_600_000
const dayHours = 24
/** Memory of the specification that everything runs with, MB. */
const memoryMb = 512
const ranges: Readonly<Record<string, { readonly points: number; readonly hours: number }>> = {
  '24h': { points: 24, hours: 1 },
  '30d': { points: 30, hours: dayHours },
  '90d': { points: 90, hours: dayHours }
}

/** One slice of time in numbers. */
interface Slice {
  readonly fromMs: number
  readonly deployments: number
  readonly deploymentsStorage: number
  readonly builds: number
  readonly buildsSuccess: number
  readonly buildsFailed: number
  readonly buildsStorage: number
  readonly buildsTime: number
  readonly executions: number
  readonly executionsTime: number
}
type Metric = Exclude<keyof Slice, 'fromMs'>

/** The beginnings of a range's slices, oldest first. 1.5 ends a day's range with the hour before. */
function sliceStarts(range: string, version: Version, nowMs: number): { starts: readonly number[]; hours: number } {
  const { points, hours } = ranges[range] ?? { points: 30, hours: dayHours }
  const stepMs = hours * hourMs
  const isLate = hours === 1 && !isFrom(version, '1.6')
  const last = Math.floor(nowMs / stepMs) * stepMs - (isLate ? stepMs : 0)
  return { starts: Array.from({ length: points }, (_, at) => last - (points - 1 - at) * stepMs), hours }
}

function averageMs({ profile: { tasks } }: FunctionState): number {
  const weight = tasks.reduce((sum, task) => sum + task.weight, 0)
  return weight === 0 ? 0 : tasks.reduce((sum, task) => sum + task.weight * task.medianMs, 0) / weight
}

function slicesOf(states: readonly FunctionState[], starts: readonly number[], hours: number, nowMs: number): Slice[] {
  const all = states.flatMap((state) => state.deployments.all())
  const nowHour = Math.floor(nowMs / hourMs)
  return starts.map((fromMs) => {
    const toMs = fromMs + hours * hourMs
    const made = all.filter(({ deployment: { createdAtMs } }) => createdAtMs >= fromMs && createdAtMs < toMs)
    const over = made.filter(({ build }) => build.endedAtMs !== null)
    const ready = over.filter(({ build }) => build.status === 'ready')
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
    let executions = 0
    let executionsTime = 0
    for (const state of states) {
      for (let hour = fromMs / hourMs; hour < toMs / hourMs && hour <= nowHour; hour++) {
        const count = state.countOf(hour)
        executions += count
        executionsTime += count * averageMs(state)
      }
    }
    return {
      fromMs,
      deployments: made.length,
      deploymentsStorage: sum(made.map(({ deployment }) => archiveBytes(deployment, 'source'))),
      builds: over.length,
      buildsSuccess: ready.length,
      buildsFailed: over.length - ready.length,
      buildsStorage: sum(ready.map(({ deployment }) => archiveBytes(deployment, 'output'))),
      buildsTime: Math.round(sum(over.map(({ build }) => build.workedMs))),
      executions,
      executionsTime: Math.round(executionsTime)
    }
  })
}

function usageJson(asked: Asked, version: Version, states: readonly FunctionState[], isOne: boolean, nowMs: number) {
  const given = asked.request.query.get('range')
  const range = oneOf('range', typeof given === 'string' ? given : '30d', Object.keys(ranges))
  const { starts, hours } = sliceStarts(range, version, nowMs)
  const slices = slicesOf(states, starts, hours, nowMs)
  const total = (metric: Metric) => slices.reduce((sum, slice) => sum + slice[metric], 0)
  const series = (valueOf: (slice: Slice) => number) =>
    slices.map((slice) => ({ value: valueOf(slice), date: isoTime(slice.fromMs) }))
  const mbSeconds = (ms: number) => Math.round((ms / 1000) * memoryMb)
  const isModern = isFrom(version, '1.7')
  const average = total('builds') === 0 ? 0 : Math.round(total('buildsTime') / total('builds'))
  return {
    range,
    ...(isOne ? {} : { functionsTotal: states.length }),
    deploymentsTotal: total('deployments'),
    deploymentsStorageTotal: total('deploymentsStorage'),
    buildsTotal: total('builds'),
    ...(isModern ? { buildsSuccessTotal: total('buildsSuccess'), buildsFailedTotal: total('buildsFailed') } : {}),
    buildsStorageTotal: total('buildsStorage'),
    buildsTimeTotal: total('buildsTime'),
    ...(isModern && isOne ? { buildsTimeAverage: average } : {}),
    buildsMbSecondsTotal: mbSeconds(total('buildsTime')),
    executionsTotal: total('executions'),
    executionsTimeTotal: total('executionsTime'),
    executionsMbSecondsTotal: mbSeconds(total('executionsTime')),
    ...(isOne ? {} : { functions: series(({ fromMs }) => states.filter((one) => one.createdAtMs <= fromMs).length) }),
    deployments: series(({ deployments }) => deployments),
    deploymentsStorage: series(({ deploymentsStorage }) => deploymentsStorage),
    builds: series(({ builds }) => builds),
    buildsStorage: series(({ buildsStorage }) => buildsStorage),
    buildsTime: series(({ buildsTime }) => buildsTime),
    buildsMbSeconds: series(({ buildsTime }) => mbSeconds(buildsTime)),
    executions: series(({ executions }) => executions),
    executionsTime: series(({ executionsTime }) => executionsTime),
    executionsMbSeconds: series(({ executionsTime }) => mbSeconds(executionsTime)),
    ...(isModern
      ? {
          buildsSuccess: series(({ buildsSuccess }) => buildsSuccess),
          buildsFailed: series(({ buildsFailed }) => buildsFailed)
        }
      : {})
  }
}

/** How much a project's functions, or one of them, did; what was never released any more has no such route. */
export const functionUsage: Resource = (version) => {
  if (version.name === 'main') return []
  const usage = (pattern: string, operation: string, handle: Route['handle']): Route => ({
    method: 'GET',
    pattern,
    scope: 'functions.read',
    operation,
    handle
  })
  return [
    usage('/functions/usage', 'functions.getUsage', (asked, { clock }) =>
      ok(usageJson(asked, version, functionsOf(asked).all(), false, clock.nowMs()))
    ),
    usage('/functions/{functionId}/usage', 'functions.getFunctionUsage', (asked, { clock }) =>
      ok(usageJson(asked, version, [functionOf(asked)], true, clock.nowMs()))
    )
  ]
}
