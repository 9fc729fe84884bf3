import { z } from 'zod'
import { environments } from '../contract/connections.ts'
import { themes } from '../contract/settings.ts'
import type { Profile } from '../services/ports.ts'

/** What the settings file holds. Bump `version` with a migration when a field changes its meaning. */
export const storedVersion = 1

const profile = z.object({
  connectionId: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  endpoint: z.url({ protocol: /^https?$/ }),
  projectId: z.string().min(1).max(36),
  environment: z.enum(environments)
}) satisfies z.ZodType<Profile>

const stored = z.object({
  version: z.literal(storedVersion),
  profiles: z.array(profile),
  settings: z.object({ theme: z.enum(themes), isRailCollapsed: z.boolean(), isUtc: z.boolean() }),
  /** Where the window was; `null` before it was first closed. */
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int(), isMaximized: z.boolean() }).nullable()
})

export type Stored = z.infer<typeof stored>
export type WindowBounds = NonNullable<Stored['bounds']>

/** The file's content as a type, or `null` when it is not what this version writes. */
export function parseStored(content: unknown): Stored | null {
  const parsed = stored.safeParse(content)
  return parsed.success ? parsed.data : null
}
