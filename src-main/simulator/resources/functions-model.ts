import { isFrom, type Version } from '../versions/version.ts'
import type { FunctionState } from '../world/functions/function.ts'
import type { FunctionsWorld } from '../world/functions/functions-world.ts'
import { isoTime } from './functions-fields.ts'
import { shownStatus } from './deployments-model.ts'
import { variableJson } from './variables-model.ts'

/** The generation of runtimes a version runs its functions with. */
export function runtimeGeneration(version: Version): string {
  if (isFrom(version, '1.7')) return 'v5'
  return isFrom(version, '1.6') ? 'v4' : 'v3'
}

/** The largest the server offers, where the team chose none. */
const specificationOf = (version: Version) => (isFrom(version, '1.9') ? 's-8vcpu-8gb' : 's-1vcpu-512mb')

function deploymentFields(state: FunctionState, world: FunctionsWorld, version: Version): Record<string, unknown> {
  const activeId = state.activeId()
  if (!isFrom(version, '1.7')) return { deployment: activeId }
  const active = world.findDeployment(activeId)?.state.deployment
  const latest = state.deployments.all().at(-1)
  return {
    deploymentId: activeId,
    deploymentCreatedAt: isoTime(active?.createdAtMs ?? null),
    latestDeploymentId: latest?.deployment.id ?? '',
    latestDeploymentCreatedAt: isoTime(latest?.deployment.createdAtMs ?? null),
    latestDeploymentStatus: latest === undefined ? '' : shownStatus(latest)
  }
}

function specificationFields(version: Version): Record<string, unknown> {
  if (!isFrom(version, '1.6')) return {}
  const specification = specificationOf(version)
  if (!isFrom(version, '1.9')) return { specification }
  return {
    providerBranches: [],
    providerPaths: [],
    buildSpecification: specification,
    runtimeSpecification: specification
  }
}

/** A function in a version's own model (the API facts, §3.2). */
export function functionJson(state: FunctionState, world: FunctionsWorld, version: Version): Record<string, unknown> {
  const { profile, createdAtMs } = state
  const { repository } = profile
  return {
    $id: profile.functionId,
    $createdAt: isoTime(createdAtMs),
    $updatedAt: isoTime(state.updatedAtMs()),
    execute: profile.execute,
    name: profile.name,
    enabled: profile.isEnabled,
    live: state.isLive(),
    logging: profile.isLogging,
    runtime: profile.runtime,
    ...(isFrom(version, '1.9') ? { deploymentRetention: 0 } : {}),
    ...deploymentFields(state, world, version),
    ...(isFrom(version, '1.6') ? { scopes: profile.scopes } : {}),
    vars: state.variables.all().map((variable) => variableJson(variable, profile.functionId, version)),
    events: profile.events,
    schedule: profile.schedule,
    timeout: profile.timeoutS,
    entrypoint: profile.entrypoint,
    commands: profile.commands,
    version: runtimeGeneration(version),
    installationId: repository === null ? '' : `ins${repository.id}`,
    providerRepositoryId: repository?.id ?? '',
    providerBranch: repository?.branch ?? '',
    providerRootDirectory: repository?.rootDirectory ?? '',
    providerSilentMode: false,
    ...specificationFields(version)
  }
}
