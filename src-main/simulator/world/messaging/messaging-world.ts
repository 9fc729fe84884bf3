import type { Clock } from '../clock.ts'
import type { ProjectIdentity } from '../project-identity.ts'
import type { Troubles } from '../troubles.ts'

/** The messages of one project with their topics, providers, users and targets. */
export interface MessagingWorld {
  readonly projectId: string
}

export function createMessagingWorld(
  _seed: number,
  { projectId }: ProjectIdentity,
  _clock: Clock,
  _troubles: Troubles
): MessagingWorld {
  return { projectId }
}
