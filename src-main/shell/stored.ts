import { z } from 'zod'
import { environments } from '../contract/connections.ts'
import { themes } from '../contract/settings.ts'
import type { KeptTrust, Profile } from '../services/ports.ts'

/** What the settings file holds. Bump `version` with a migration when a field changes its meaning. */
export const storedVersion = 2

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

const stored = z.object({
  version: z.literal(storedVersion),
  profiles: z.array(profile),
  trusts: z.record(z.string(), keptTrust),
  settings: z.object({ theme: z.enum(themes), isRailCollapsed: z.boolean(), isUtc: z.boolean() }),
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
  // Version 2 keeps whom each server's certificate is believed by.
  return old.data.version === 1 ? { ...old.data, version: 2, trusts: {} } : content
}

const versioned = z.looseObject({ version: z.int() })
