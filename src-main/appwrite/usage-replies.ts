import { z } from 'zod'
import { count } from './decode.ts'
import { list, time } from './fields.ts'

/** A count over a stretch of the range. */
export interface UsagePoint {
  readonly atMs: number
  readonly value: number
}

/** One measure: its sum over all time, as the server keeps it, and its course over the range. */
export interface UsageMeasure {
  readonly total: number
  readonly series: readonly UsagePoint[]
}

/** What functions used, over `range`. Times are milliseconds of compute, storage is bytes. */
export interface Usage {
  readonly range: UsageRange
  /** Only in the usage of all functions together. */
  readonly functionsTotal: number | null
  readonly deployments: UsageMeasure
  readonly deploymentsStorage: UsageMeasure
  readonly builds: UsageMeasure
  readonly buildsStorage: UsageMeasure
  readonly buildsTime: UsageMeasure
  readonly buildsMbSeconds: UsageMeasure
  /** `null` before 1.7, which does not tell. */
  readonly buildsSuccess: UsageMeasure | null
  readonly buildsFailed: UsageMeasure | null
  readonly executions: UsageMeasure
  readonly executionsTime: UsageMeasure
  readonly executionsMbSeconds: UsageMeasure
}

export type UsageRange = '24h' | '30d' | '90d'

const total = z.number().min(0)
const series = list(z.object({ value: total, date: time }).transform(({ value, date }) => ({ value, atMs: date })))

export const usageReply = z
  .object({
    range: z.enum(['24h', '30d', '90d']),
    functionsTotal: count.optional(),
    deploymentsTotal: total,
    deployments: series,
    deploymentsStorageTotal: total,
    deploymentsStorage: series,
    buildsTotal: total,
    builds: series,
    buildsStorageTotal: total,
    buildsStorage: series,
    buildsTimeTotal: total,
    buildsTime: series,
    buildsMbSecondsTotal: total,
    buildsMbSeconds: series,
    buildsSuccessTotal: total.optional(),
    buildsSuccess: series,
    buildsFailedTotal: total.optional(),
    buildsFailed: series,
    executionsTotal: total,
    executions: series,
    executionsTimeTotal: total,
    executionsTime: series,
    executionsMbSecondsTotal: total,
    executionsMbSeconds: series
  })
  .transform((reply): Usage => ({
    range: reply.range,
    functionsTotal: reply.functionsTotal ?? null,
    deployments: measure(reply.deploymentsTotal, reply.deployments),
    deploymentsStorage: measure(reply.deploymentsStorageTotal, reply.deploymentsStorage),
    builds: measure(reply.buildsTotal, reply.builds),
    buildsStorage: measure(reply.buildsStorageTotal, reply.buildsStorage),
    buildsTime: measure(reply.buildsTimeTotal, reply.buildsTime),
    buildsMbSeconds: measure(reply.buildsMbSecondsTotal, reply.buildsMbSeconds),
    buildsSuccess: maybeMeasure(reply.buildsSuccessTotal, reply.buildsSuccess),
    buildsFailed: maybeMeasure(reply.buildsFailedTotal, reply.buildsFailed),
    executions: measure(reply.executionsTotal, reply.executions),
    executionsTime: measure(reply.executionsTimeTotal, reply.executionsTime),
    executionsMbSeconds: measure(reply.executionsMbSecondsTotal, reply.executionsMbSeconds)
  }))

function measure(total: number, series: readonly UsagePoint[]): UsageMeasure {
  return { total, series }
}

function maybeMeasure(total: number | undefined, series: readonly UsagePoint[]): UsageMeasure | null {
  return total === undefined ? null : { total, series }
}
