import type { Version } from '../versions/version.ts'
import type { Project } from '../world/projects.ts'
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
}

function projectOf(request: ApiRequest, world: World): Project | null {
  const projectId = projectIdOf(request)
  if (projectId === null || projectId === 'console') return null
  const project = world.projects.find((candidate) => candidate.projectId === projectId)
  if (project === undefined) throw new ApiError('project_not_found')
  return project
}

/** Throws for a project that is not there and a key that expired. */
export function accessOf(request: ApiRequest, world: World): Access {
  const project = projectOf(request, world)
  const secret = headerOf(request, 'x-appwrite-key')
  const keys = project === null ? [] : [project.fullKey, project.expiredKey, project.narrowKey]
  const areKeysKnown = world.troubles.find('wrong-key') === null
  const key = areKeysKnown ? keys.find((candidate) => candidate.secret === secret) : undefined
  if (project === null || key === undefined) {
    return { project, scopes: new Set(world.version.guestScopes), sender: 'User (role: guests)' }
  }
  if (key.expiresAtMs !== null && key.expiresAtMs <= world.clock.nowMs()) throw new ApiError('project_key_expired')
  return {
    project,
    scopes: new Set([...world.version.impliedKeyScopes, ...key.scopes]),
    sender: `app.${project.projectId}@service.${hostnameOf(request)} (role: applications)`
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
