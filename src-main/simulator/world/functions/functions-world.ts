import type { Clock } from '../clock.ts'
import type { ProjectIdentity } from '../project-identity.ts'
import type { Troubles } from '../troubles.ts'

/** The functions of one project with their deployments, executions and variables. */
export interface FunctionsWorld {
  readonly projectId: string
}

export function createFunctionsWorld(
  _seed: number,
  { projectId }: ProjectIdentity,
  _clock: Clock,
  _troubles: Troubles
): FunctionsWorld {
  return { projectId }
}
