import { createHash } from 'node:crypto'
import type { FunctionsWorld } from './functions/functions-world.ts'
import type { MessagingWorld } from './messaging/messaging-world.ts'
import type { ProjectIdentity } from './project-identity.ts'

/** An API key as a project keeps it. */
export interface ProjectKey {
  /** 256 hexadecimal characters behind the prefix of the version that made it, if it has one. */
  readonly secret: string
  /** What was ticked when it was made; what every key has besides is the version's. */
  readonly scopes: readonly string[]
  /** `null` for one that does not expire. */
  readonly expiresAtMs: number | null
}

/** What happens inside a project. */
export interface ProjectInside {
  readonly functions: FunctionsWorld
  readonly messaging: MessagingWorld
}

export interface Project extends ProjectIdentity, ProjectInside {
  /** Has every scope. */
  readonly fullKey: ProjectKey
  readonly expiredKey: ProjectKey
  /** Has only `locale.read` ticked. */
  readonly narrowKey: ProjectKey
  /** May read everything and write nothing. */
  readonly readKey: ProjectKey
  /** Has nothing ticked. */
  readonly bareKey: ProjectKey
}

const known = [
  ['storefront', 'Storefront'],
  ['back-office', 'Back office'],
  ['mobile', 'Mobile app'],
  ['loyalty', 'Loyalty'],
  ['partner-portal', 'Partner portal']
] as const

const resources = [
  'users teams databases collections attributes indexes documents files buckets functions execution',
  'rules migrations providers messages topics subscribers targets'
]
const everyScope = [
  ...resources.flatMap((line) => line.split(' ')).flatMap((resource) => [`${resource}.read`, `${resource}.write`]),
  'locale.read',
  'avatars.read',
  'health.read'
]

function secretFor(seed: number, projectId: string, use: string): string {
  const parts = [0, 1, 2, 3].map((part) => `simulator ${seed} ${projectId} ${use} ${part}`)
  return parts.map((part) => createHash('sha256').update(part).digest('hex')).join('')
}

/** Every key a project has. */
export function keysOf({ fullKey, expiredKey, narrowKey, readKey, bareKey }: Project): readonly ProjectKey[] {
  return [fullKey, expiredKey, narrowKey, readKey, bareKey]
}

/** The first `count` projects of a seed's server. The same seed makes the same keys: they guard nothing. */
export function createProjects(
  seed: number,
  count: number,
  keyPrefix: string,
  inside: (identity: ProjectIdentity) => ProjectInside
): readonly Project[] {
  return Array.from({ length: count }, (_, at) => {
    const [projectId, name] = known[at] ?? [`project-${at + 1}`, `Project ${at + 1}`]
    const key = (use: string, scopes: readonly string[], expiresAtMs: number | null): ProjectKey => ({
      secret: keyPrefix + secretFor(seed, projectId, use),
      scopes,
      expiresAtMs
    })
    return {
      projectId,
      name,
      ...inside({ projectId, name }),
      fullKey: key('full', everyScope, null),
      expiredKey: key('expired', everyScope, Date.UTC(2020, 0, 1)),
      narrowKey: key('narrow', ['locale.read'], null),
      readKey: key(
        'read',
        everyScope.filter((scope) => scope.endsWith('.read')),
        null
      ),
      bareKey: key('bare', [], null)
    }
  })
}
