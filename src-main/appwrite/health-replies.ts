import { z } from 'zod'
import { count, label } from './decode.ts'

/** One component as the server judges itself. */
export interface ComponentHealth {
  /** Empty for the storage checks; else such as `Projects.DB (database_db_main)`. */
  readonly name: string
  readonly isPassing: boolean
  /** Always 0 before Appwrite 1.9, which divides it away: no measure of anything there. */
  readonly pingMs: number
}

/** The server's clock against its time server. */
export interface ClockHealth {
  /** What the server's clock says. */
  readonly localAtMs: number
  /** How far the time server is ahead; negative when the server's clock is fast. Whole seconds. */
  readonly offsetMs: number
}

export interface AntiVirusHealth {
  /** `disabled` is the default of an installation. */
  readonly status: 'disabled' | 'pass' | 'fail'
  /** Empty while disabled. */
  readonly version: string
}

export interface CertificateHealth {
  readonly subject: string
  readonly issuer: string
  readonly validFromMs: number
  readonly validToMs: number
}

/** `/health`, `/health/storage`, `/health/storage/local`, and one entry of the others. */
export const componentReply = z
  .object({ name: label, ping: count, status: z.enum(['pass', 'fail']) })
  .transform(({ name, ping, status }): ComponentHealth => ({ name, isPassing: status === 'pass', pingMs: ping }))

/** `/health/db` and its like. An empty list proves nothing, so it does not fit. */
export const componentsReply = z
  .object({ statuses: z.array(componentReply).min(1).max(100) })
  .transform(({ statuses }): readonly ComponentHealth[] => statuses)

export const versionReply = z.object({
  version: z
    .string()
    .max(32)
    .regex(/^\d+\.\d+\.\d+[-+.\w]*$/)
})

/** `/health/queue/{name}` and `/health/queue/failed/{name}`. */
export const sizeReply = z.object({ size: count })

const unixSeconds = count.max(253_402_300_799)

/** `diff` is `remoteTime − localTime` in seconds (the documentation says ms); the server may tick between the two. */
export const clockReply = z
  .object({ remoteTime: unixSeconds, localTime: unixSeconds, diff: z.int() })
  .refine(({ remoteTime, localTime, diff }) => Math.abs(remoteTime - localTime - diff) <= 1, { path: ['diff'] })
  .transform(({ localTime, diff }): ClockHealth => ({ localAtMs: localTime * 1000, offsetMs: diff * 1000 }))

export const antiVirusReply = z.object({ status: z.enum(['disabled', 'pass', 'fail']), version: label })

/** Documented as text, sent as a number. */
const moment = z.union([
  unixSeconds,
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
])

export const certificateReply = z
  .object({
    name: label,
    subjectSN: label.catch(''),
    issuerOrganisation: label.catch(''),
    validFrom: moment,
    validTo: moment
  })
  .transform((reply): CertificateHealth => ({
    subject: reply.subjectSN === '' ? reply.name : reply.subjectSN,
    issuer: reply.issuerOrganisation,
    validFromMs: reply.validFrom * 1000,
    validToMs: reply.validTo * 1000
  }))

/** The size a server tells when it answers 503 for a queue at its threshold: two spellings, before and from 1.9. */
export function sizeInMessage(message: string): number | null {
  const digits = /Current (?:size|value) is (\d{1,16}) and threshold is -?\d/.exec(message)?.[1]
  const size = Number(digits ?? NaN)
  return Number.isSafeInteger(size) ? size : null
}
