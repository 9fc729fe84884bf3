import { isFrom, type Version } from '../versions/version.ts'
import { archiveBytes } from '../world/functions/archive.ts'
import { buildLogOf } from '../world/functions/build-log.ts'
import type { DeploymentState } from '../world/functions/deployment-store.ts'
import type { FunctionProfile, Repository } from '../world/functions/profile.ts'
import { isoTime } from './functions-fields.ts'

/** Whether a worker has taken the build: before, there is none to speak of. */
export const hasBuild = ({ build }: DeploymentState) => build.startedAtMs !== null

/** The status of a deployment by itself. */
export const shownStatus = ({ build }: DeploymentState) => build.status

/** Seconds a build took, rounded up; 0 until it is over. */
export function buildSeconds({ build }: DeploymentState): number {
  return build.endedAtMs === null ? 0 : Math.ceil(build.workedMs / 1000)
}

function providerFields({ deployment }: DeploymentState, repository: Repository | null): Record<string, unknown> {
  const { commit } = deployment
  const url = repository === null ? '' : `https://github.com/${repository.owner}/${repository.name}`
  return {
    providerRepositoryName: repository?.name ?? '',
    providerRepositoryOwner: repository?.owner ?? '',
    providerRepositoryUrl: url,
    providerBranch: repository?.branch ?? '',
    providerCommitHash: commit?.hash ?? '',
    providerCommitAuthorUrl: commit?.authorUrl ?? '',
    providerCommitAuthor: commit?.author ?? '',
    providerCommitMessage: commit?.message ?? '',
    providerCommitUrl: commit === null ? '' : `${url}/commit/${commit.hash}`,
    providerBranchUrl: repository === null ? '' : `${url}/tree/${repository.branch}`
  }
}

/** What the archives of a deployment weigh; the output is there once the build is ready. */
function sizes({ deployment, build }: DeploymentState): { source: number; output: number } {
  const output = build.status === 'ready' ? archiveBytes(deployment, 'output') : 0
  return { source: archiveBytes(deployment, 'source'), output }
}

function sizeFields(state: DeploymentState, version: Version): Record<string, unknown> {
  const { source, output } = sizes(state)
  if (!isFrom(version, '1.6')) return { size: source + output }
  if (!isFrom(version, '1.7')) return { size: source, buildSize: output }
  return { sourceSize: source, buildSize: output, totalSize: source + output }
}

/** A deployment in a version's own model (§3.3); the list of versions before 1.7 shows a waiting one as processing. */
export function deploymentJson(
  state: DeploymentState,
  profile: FunctionProfile,
  version: Version,
  isInList = false
): Record<string, unknown> {
  const { deployment, build, isActivating, updatedAtMs } = state
  const isModern = isFrom(version, '1.7')
  const isWaiting = build.status === 'waiting'
  return {
    $id: deployment.id,
    $createdAt: isoTime(deployment.createdAtMs),
    $updatedAt: isoTime(updatedAtMs),
    type: deployment.type === 'cli' && !isFrom(version, '1.6') ? 'manual' : deployment.type,
    resourceId: deployment.functionId,
    resourceType: 'functions',
    entrypoint: profile.entrypoint,
    ...sizeFields(state, version),
    buildId: !isModern && hasBuild(state) ? deployment.buildId : '',
    activate: isActivating,
    ...(isModern ? { screenshotLight: '', screenshotDark: '' } : {}),
    status: !isModern && isInList && isWaiting ? 'processing' : build.status,
    buildLogs: buildLogOf(deployment, build, profile, {
      isTraced: !isFrom(version, '1.6'),
      isSigned: isModern
    }),
    [isModern ? 'buildDuration' : 'buildTime']: buildSeconds(state),
    ...providerFields(state, profile.repository)
  }
}
