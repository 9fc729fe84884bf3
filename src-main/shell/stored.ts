import { z } from 'zod'
import { environments } from '../contract/connections.ts'
import { queueNameLimit } from '../contract/queues.ts'
import { serverLimits, type ServerOptions } from '../contract/servers.ts'
import { awakeChoices, closeChoices, soundChoices, themes } from '../contract/settings.ts'
import { initialSettings } from '../contract/settings.ts'
import type { KeptTrust, Profile } from '../services/ports.ts'

/** What the settings file holds. Bump `version` with a migration when a field changes its meaning. */
export const storedVersion = 5

const profile = z.object({
  connectionId: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  endpoint: z.url({ protocol: /^https?$/ }),
  projectId: z.string().min(1).max(36),
  environment: z.enum(environments)
}) satisfies z.ZodType<Profile>

const fingerprint = z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
const keptTrust = z.object({
  trust: z.object({ kind: z.enum(['certificate', 'authority']), fingerprint, subject: z.string().max(500) }),
  pem: z.string().max(1_000_000)
}) satisfies z.ZodType<KeptTrust>

const options = z.object({
  domains: z.array(z.string().max(serverLimits.domain)).max(serverLimits.domains),
  queues: z.array(z.string().max(queueNameLimit)).max(serverLimits.queues)
}) satisfies z.ZodType<ServerOptions>

const interval = z.int().min(1_000).max(86_400_000)
const days = z.int().min(1).max(3_650)

const stored = z.object({
  version: z.literal(storedVersion),
  profiles: z.array(profile),
  trusts: z.record(z.string(), keptTrust),
  settings: z.object({
    theme: z.enum(themes),
    isRailCollapsed: z.boolean(),
    isUtc: z.boolean(),
    intervals: z.object({ depthsMs: interval, cheapMs: interval, slowMs: interval, rareMs: interval }),
    retention: z.object({ rawDays: days, minuteDays: days, restDays: days, maxSizeMb: z.int().min(1).max(1_000_000) }),
    keepAwake: z.enum(awakeChoices),
    whenClosed: z.enum(closeChoices),
    startAtLogin: z.boolean(),
    sound: z.enum(soundChoices),
    offlineNoticeMs: interval
  }),
  /** By normalised endpoint. */
  options: z.record(z.string(), options),
  /** Where the window was; `null` before it was first closed. */
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int(), isMaximized: z.boolean() }).nullable()
})

export type Stored = z.infer<typeof stored>
export type WindowBounds = NonNullable<Stored['bounds']>

/** The file's content as a type, or `null` when it is not what this version writes. */
export function parseStored(content: unknown): Stored | null {
  const parsed = stored.safeParse(migrated(content))
  return parsed.success ? parsed.data : null
}

/** Takes a file of an older version one version at a time to the present one; what is no such file stays as it is. */
function migrated(content: unknown): unknown {
  const old = versioned.safeParse(content)
  if (!old.success) return content
  const { version, settings } = old.data
  // Version 2 keeps whom each server's certificate is believed by.
  if (version === 1) return migrated({ ...old.data, version: 2, trusts: {} })
  // Version 3 keeps how often servers are asked, how long histories are kept, and what is watched beside the usual.
  if (version === 2) return migrated({ ...old.data, version: 3, options: {}, settings: withInitial(settings) })
  // Version 4 keeps what closing the window means, and whether Standby starts at login.
  if (version === 3) return migrated({ ...old.data, version: 4, settings: withInitial(settings) })
  // Version 5 keeps which alerts make a sound, and when a machine without a network says that it does not watch.
  if (version === 4) return { ...old.data, version: 5, settings: withInitial(settings) }
  return content
}

/** What an older version did not keep starts as it does for everyone. */
const withInitial = (settings: object | undefined): object => ({ ...initialSettings, ...settings })

const versioned = z.looseObject({ version: z.int(), settings: z.looseObject({}).optional() })
