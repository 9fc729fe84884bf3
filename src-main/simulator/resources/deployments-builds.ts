import { ApiError } from '../http/api-error.ts'
import { ok, type Asked, type Resource, type Route, type Told } from '../http/route.ts'
import { isFrom, type Version } from '../versions/version.ts'
import { buildLogOf } from '../world/functions/build-log.ts'
import { archiveBytes } from '../world/functions/archive.ts'
import type { DeploymentState } from '../world/functions/deployment-store.ts'
import type { FunctionState } from '../world/functions/function.ts'
import { buildSeconds, deploymentJson, hasBuild } from './deployments-model.ts'
import { deploymentOf, functionOf, functionsOf } from './functions-access.ts'
import { idField, requireParam } from './functions-body.ts'
import { isoTime } from './functions-fields.ts'

/** A build as 1.6 has it, by itself. */
function buildJson({ deployment, build }: DeploymentState, { profile }: FunctionState): Record<string, unknown> {
  return {
    $id: deployment.buildId,
    deploymentId: deployment.id,
    status: build.status,
    stdout: buildLogOf(deployment, build, profile, { isTraced: false, isSigned: false }),
    stderr: '',
    startTime: isoTime(build.startedAtMs),
    endTime: isoTime(build.endedAtMs),
    duration: buildSeconds({ deployment, build, isActivating: false, updatedAtMs: 0 }),
    size: build.status === 'ready' ? archiveBytes(deployment, 'output') : 0
  }
}

/** Builds a deployment's source anew, as a new deployment. */
function retry(asked: Asked, deploymentId: string | undefined, version: Version): Told {
  const state = functionOf(asked)
  const source = deploymentOf(asked, state, deploymentId)
  const activates = version.name === 'main' || source.isActivating
  const made = state.deployments.redeploy(source.deployment, activates)
  if (!isFrom(version, '1.7')) return { status: 204 }
  return { status: 202, json: deploymentJson(deploymentOf(asked, state, made.id), state.profile, version) }
}

/** 1.5 wants the id of a build, of whichever deployment. */
function requireBuild(asked: Asked): void {
  const all = functionsOf(asked)
    .all()
    .flatMap((state) => state.deployments.all())
  const isThere = all.some((state) => hasBuild(state) && state.deployment.buildId === asked.path.buildId)
  if (!isThere) throw new ApiError('build_not_found')
}

function cancel(asked: Asked, version: Version): Told {
  const state = functionOf(asked)
  const before = deploymentOf(asked, state)
  const isModern = isFrom(version, '1.7')
  if (!isModern && !hasBuild(before)) throw new ApiError('build_not_found')
  const { status } = before.build
  if (status === 'ready' || status === 'failed') throw new ApiError('build_already_completed')
  if (status !== 'canceled') state.deployments.cancel(before.deployment.id)
  const after = deploymentOf(asked, state)
  return ok(isModern ? deploymentJson(after, state.profile, version) : buildJson(after, state))
}

/** Building again, and ending a build: each version has its own paths for it, and keeps some of the older ones. */
export const deploymentBuilds: Resource = (version) => {
  const one = '/functions/{functionId}/deployments/{deploymentId}'
  const isModern = isFrom(version, '1.7')
  const retrying = (pattern: string, handle: Route['handle']): Route => ({
    method: 'POST',
    pattern,
    scope: 'functions.write',
    operation: isModern ? 'functions.createDuplicateDeployment' : 'functions.createBuild',
    ...(isModern ? { model: 'deployment' } : {}),
    handle
  })
  const canceling = (pattern: string): Route => ({
    method: 'PATCH',
    pattern,
    scope: 'functions.write',
    operation: isModern ? 'functions.updateDeploymentStatus' : 'functions.updateDeploymentBuild',
    ...(isModern ? { model: 'deployment' } : {}),
    handle: (asked) => cancel(asked, version)
  })
  const again = retrying(`${one}/builds/{buildId}`, (asked) => {
    if (!isFrom(version, '1.6')) {
      deploymentOf(asked, functionOf(asked))
      requireBuild(asked)
    }
    return retry(asked, asked.path.deploymentId, version)
  })
  if (!isFrom(version, '1.6')) return [again]
  const short = retrying(`${one}/build`, (asked) => retry(asked, asked.path.deploymentId, version))
  if (!isModern) return [again, short, canceling(`${one}/build`)]
  const duplicate = retrying('/functions/{functionId}/deployments/duplicate', (asked) => {
    requireParam(asked.body, 'deploymentId')
    return retry(asked, idField(asked.body, 'deploymentId'), version)
  })
  // 1.7 lost the path of 1.6 for building again, but not the one for ending a build.
  const kept = isFrom(version, '1.9') ? [short] : []
  return [again, ...kept, duplicate, canceling(`${one}/status`), canceling(`${one}/build`)]
}
