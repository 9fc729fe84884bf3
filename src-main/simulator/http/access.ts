import { keysOf, type Project, type ProjectKey } from '../world/projects.ts'
import type { Version } from '../versions/version.ts'
import type { World } from '../world/world.ts'
import { ApiError } from './api-error.ts'
import { headerOf, hostnameOf, projectIdOf, type ApiRequest } from './request.ts'

/** Who is asking, and what for. */
export interface Access {
  /** `null` is the console's own project, which a request without a project is for. */
  readonly project: Project | null
  readonly scopes: ReadonlySet<string>
  /** As the refusal for a missing scope names the sender. */
  readonly sender: string
  /** Whether a valid key was sent: some fields are for keys only. */
  readonly hasKey: boolean
  /** What every field of a GraphQL document is refused with. */
  readonly refusal: ApiError | null
}

function projectOf(request: ApiRequest, world: World): Project | null {
  const projectId = projectIdOf(request)
  if (projectId === null || projectId === 'console') return null
  const project = world.projects.find((candidate) => candidate.projectId === projectId)
  if (project === undefined) throw new ApiError('project_not_found')
  return project
}

/** The key a secret is, `undefined` for one that is none of them, and `null` for no key at all. */
function keyOf(secret: string | null, project: Project | null, world: World): ProjectKey | null | undefined {
  if (secret === null) return null
  const { keyPrefix } = world.version
  const mark = secret.indexOf('_')
  // Of a kind this server does not know: as if it were not there.
  if (keyPrefix !== '' && mark >= 0 && secret.slice(0, mark + 1) !== keyPrefix) return null
  if (project === null || world.troubles.find('wrong-key') !== null) return undefined
  const isRevoked = world.troubles
    .standing()
    .some(({ trouble }) => trouble.kind === 'revoked-key' && trouble.projectId === project.projectId)
  return isRevoked ? undefined : keysOf(project).find((candidate) => candidate.secret === secret)
}

function requireKnownOrigin(request: ApiRequest): void {
  const origin = headerOf(request, 'origin')
  if (origin === null || !URL.canParse(origin)) return
  const { hostname } = new URL(origin)
  if (hostname === 'localhost' || hostname === hostnameOf(request)) return
  throw new ApiError(
    'general_unknown_origin',
    `Invalid Origin. Register your new client (${hostname}) as a new Web platform on your project console dashboard`
  )
}

/** Throws for a key without its project's header, which a version may refuse before anything else. */
export function requireProjectHeader(request: ApiRequest, { needsProjectHeader }: Version): void {
  if (!needsProjectHeader || headerOf(request, 'x-appwrite-key') === null) return
  if (headerOf(request, 'x-appwrite-project') === null) throw new ApiError('project_id_missing')
}

function guestOf(project: Project | null, { guestScopes }: Version, refusal: ApiError | null): Access {
  return { project, scopes: new Set(guestScopes), sender: 'User (role: guests)', hasKey: false, refusal }
}

/** Throws for a project that is not there, a key that is refused, and an origin that may not ask without one. */
export function accessOf(request: ApiRequest, world: World): Access {
  const { version } = world
  const project = projectOf(request, world)
  const key = keyOf(headerOf(request, 'x-appwrite-key'), project, world)
  if (key === undefined && !version.isUnknownKeyGuest) throw new ApiError('user_unauthorized')
  if (project === null || key === null || key === undefined) {
    if (version.refusesForeignOrigin) requireKnownOrigin(request)
    return guestOf(project, version, null)
  }
  if (key.expiresAtMs !== null && key.expiresAtMs <= world.clock.nowMs()) throw new ApiError('project_key_expired')
  if (version.refusesSessionWithKey && headerOf(request, 'x-appwrite-session') !== null) {
    throw new ApiError('user_key_and_session_set')
  }
  return {
    project,
    scopes: new Set([...version.impliedKeyScopes, ...key.scopes]),
    sender: `app.${project.projectId}@service.${hostnameOf(request)} (role: applications)`,
    hasKey: true,
    refusal: null
  }
}

/** As `accessOf`, but a key that is refused makes a guest who remembers it. */
export function accessOfFields(request: ApiRequest, world: World): Access {
  try {
    return accessOf(request, world)
  } catch (error) {
    if (!(error instanceof ApiError) || error.type !== 'user_unauthorized') throw error
    return guestOf(projectOf(request, world), world.version, error)
  }
}

/** Any one of several scopes will do. */
export function requireScope(access: Access, scope: string | readonly string[], { scopeText }: Version): void {
  const scopes = typeof scope === 'string' ? [scope] : scope
  if (scopes.some((one) => access.scopes.has(one))) return
  throw new ApiError('general_unauthorized_scope', `${access.sender} ${scopeText(scopes)}`)
}

/** The project asked about; refuses the console's, which has no functions and no messages. */
export function requireProject(access: Access): Project {
  if (access.project === null) throw new ApiError('general_access_forbidden')
  return access.project
}
