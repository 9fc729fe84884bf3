import { z } from 'zod'
import { count } from './decode.ts'
import { deploymentStatuses, type DeploymentStatus } from './deployments-replies.ts'
import { id, line, list, maybeId, maybeTime, oneOf, secondsAsMs, text, time } from './fields.ts'
import { pageReply } from './page-reply.ts'

/** A function, without the values of its variables, which every version sends along in clear. */
export interface AppwriteFunction {
  readonly id: string
  readonly name: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** Such as `node-18.0`. */
  readonly runtime: string
  /** A disabled function is still run for a key. */
  readonly isEnabled: boolean
  /** `false` when settings or variables were changed since the active build: deploy again to be sure. */
  readonly isLive: boolean
  /** Without it 1.5 keeps no executions at all, later versions keep them without logs. */
  readonly isLogging: boolean
  /** Roles that may run it, such as `any`. */
  readonly execute: readonly string[]
  readonly events: readonly string[]
  /** Cron; `null` when it runs on no schedule. */
  readonly schedule: string | null
  readonly timeoutMs: number
  readonly entrypoint: string
  readonly commands: string
  /** Of the runtime's interface, such as `v4`. */
  readonly version: string
  /** The active deployment: `deployment` before 1.7, `deploymentId` since. */
  readonly deploymentId: string | null
  /** The deployment made last, active or not; `null` before 1.7, which does not say, and where there is none. */
  readonly latestDeployment: LatestDeployment | null
  readonly variableKeys: readonly string[]
  /** What it may do on its own; `null` before 1.6, which does not say. */
  readonly scopes: readonly string[] | null
  /** The machines for its builds and runs, one and the same from 1.6 to 1.8; `null` before. */
  readonly specification: { readonly build: string; readonly run: string } | null
  readonly repository: FunctionRepository | null
}

export interface LatestDeployment {
  readonly id: string
  readonly createdAtMs: number | null
  readonly status: DeploymentStatus
}

/** Where its code is fetched from. */
export interface FunctionRepository {
  readonly id: string
  readonly installationId: string | null
  readonly branch: string
  readonly rootDirectory: string
}

export const functionReply = z
  .object({
    $id: id,
    $createdAt: time,
    $updatedAt: time,
    name: line,
    runtime: line,
    enabled: z.boolean(),
    live: z.boolean(),
    logging: z.boolean(),
    execute: list(line),
    events: list(line),
    schedule: line,
    timeout: secondsAsMs,
    entrypoint: line,
    commands: text,
    version: line,
    deployment: maybeId,
    deploymentId: maybeId,
    latestDeploymentId: maybeId,
    latestDeploymentCreatedAt: maybeTime,
    latestDeploymentStatus: oneOf(deploymentStatuses).optional(),
    vars: list(z.object({ key: z.string() })),
    scopes: z.array(line).optional(),
    specification: line.optional(),
    buildSpecification: line.optional(),
    runtimeSpecification: line.optional(),
    installationId: maybeId,
    providerRepositoryId: maybeId,
    providerBranch: line,
    providerRootDirectory: line
  })
  .transform((reply): AppwriteFunction => {
    const { latestDeploymentId, providerRepositoryId } = reply
    const build = reply.buildSpecification ?? reply.specification ?? ''
    const run = reply.runtimeSpecification ?? reply.specification ?? ''
    return {
      id: reply.$id,
      name: reply.name,
      createdAtMs: reply.$createdAt,
      updatedAtMs: reply.$updatedAt,
      runtime: reply.runtime,
      isEnabled: reply.enabled,
      isLive: reply.live,
      isLogging: reply.logging,
      execute: reply.execute,
      events: reply.events,
      schedule: reply.schedule === '' ? null : reply.schedule,
      timeoutMs: reply.timeout,
      entrypoint: reply.entrypoint,
      commands: reply.commands,
      version: reply.version,
      deploymentId: reply.deploymentId ?? reply.deployment,
      latestDeployment:
        latestDeploymentId === null
          ? null
          : {
              id: latestDeploymentId,
              createdAtMs: reply.latestDeploymentCreatedAt,
              status: reply.latestDeploymentStatus ?? 'unknown'
            },
      variableKeys: reply.vars.map(({ key }) => key),
      scopes: reply.scopes ?? null,
      specification: build === '' && run === '' ? null : { build, run },
      repository:
        providerRepositoryId === null
          ? null
          : {
              id: providerRepositoryId,
              installationId: reply.installationId,
              branch: reply.providerBranch,
              rootDirectory: reply.providerRootDirectory
            }
    }
  })

export const functionsReply = pageReply('functions', functionReply)

/** A runtime the server can build and run functions with. */
export interface Runtime {
  /** Such as `node-18.0`: what a function names. */
  readonly id: string
  /** Such as `Node.js`. */
  readonly name: string
  readonly version: string
  readonly supports: readonly string[]
}

export const runtimeReply = z
  .object({ $id: id, name: line, version: line, supports: list(line) })
  .transform(({ $id, name, version, supports }): Runtime => ({ id: $id, name, version, supports }))

export const runtimesReply = pageReply('runtimes', runtimeReply)

/** A kind of machine a function may be built or run on. */
export interface Specification {
  /** Such as `s-1vcpu-512mb`. */
  readonly slug: string
  readonly memoryMegabytes: number
  readonly cpus: number
  readonly isEnabled: boolean
}

export const specificationReply = z
  .object({ slug: line, memory: count, cpus: z.number().min(0), enabled: z.boolean() })
  .transform(({ slug, memory, cpus, enabled }): Specification => ({
    slug,
    memoryMegabytes: memory,
    cpus,
    isEnabled: enabled
  }))

export const specificationsReply = pageReply('specifications', specificationReply)
