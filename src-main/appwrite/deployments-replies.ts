import { z } from 'zod'
import { count } from './decode.ts'
import { id, line, maybeId, oneOf, secondsAsMs, text, time } from './fields.ts'
import { pageReply } from './page-reply.ts'

/** In the order a build goes through them; `canceled` since 1.6. */
export const deploymentStatuses = ['waiting', 'processing', 'building', 'ready', 'failed', 'canceled'] as const

/** `unknown` is a status of a version newer than this client. */
export type DeploymentStatus = (typeof deploymentStatuses)[number] | 'unknown'

/** A version of a function's code and what became of its build. */
export interface Deployment {
  readonly id: string
  /** `resourceId` on the wire. */
  readonly functionId: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** `manual` and `vcs`; `cli` since 1.6. */
  readonly type: string
  readonly entrypoint: string
  /**
   * Not begun is `waiting`; 1.5 tells it as `processing` in lists, and as an empty status where the build is a retry
   * that has no document yet, which is read as `waiting` here.
   */
  readonly status: DeploymentStatus
  /** Grows while building; may hold colour codes. */
  readonly buildLogs: string
  /** `buildTime` before 1.7, `buildDuration` since; whole seconds, 0 until the build ends. */
  readonly buildMs: number
  /** What 1.5 and 1.6 want for a retry; `null` since 1.7, and until a build has begun. */
  readonly buildId: string | null
  /** Becomes the active one by itself when its build is ready. */
  readonly isActivatedWhenReady: boolean
  /** `sourceSize` since 1.7, `size` before; 1.5 counts the build in. */
  readonly sourceBytes: number
  /** `null` before 1.6. */
  readonly buildBytes: number | null
  readonly commit: DeploymentCommit | null
}

/** What a deployment from a repository was made of. */
export interface DeploymentCommit {
  readonly hash: string
  readonly message: string
  readonly author: string
  readonly url: string
  readonly branch: string
  /** `owner/name`. */
  readonly repository: string
}

export const deploymentReply = z
  .object({
    $id: id,
    $createdAt: time,
    $updatedAt: time,
    resourceId: id,
    type: line,
    entrypoint: line,
    status: z.union([z.literal('').transform(() => 'waiting' as const), oneOf(deploymentStatuses)]),
    buildLogs: text,
    buildTime: secondsAsMs.optional(),
    buildDuration: secondsAsMs.optional(),
    buildId: maybeId,
    activate: z.boolean(),
    size: count.optional(),
    sourceSize: count.optional(),
    buildSize: count.optional(),
    providerCommitHash: line,
    providerCommitMessage: text,
    providerCommitAuthor: line,
    providerCommitUrl: line,
    providerBranch: line,
    providerRepositoryOwner: line,
    providerRepositoryName: line
  })
  .transform((reply): Deployment => ({
    id: reply.$id,
    functionId: reply.resourceId,
    createdAtMs: reply.$createdAt,
    updatedAtMs: reply.$updatedAt,
    type: reply.type,
    entrypoint: reply.entrypoint,
    status: reply.status,
    buildLogs: reply.buildLogs,
    buildMs: reply.buildDuration ?? reply.buildTime ?? 0,
    buildId: reply.buildId,
    isActivatedWhenReady: reply.activate,
    sourceBytes: reply.sourceSize ?? reply.size ?? 0,
    buildBytes: reply.buildSize ?? null,
    commit:
      reply.providerCommitHash === ''
        ? null
        : {
            hash: reply.providerCommitHash,
            message: reply.providerCommitMessage,
            author: reply.providerCommitAuthor,
            url: reply.providerCommitUrl,
            branch: reply.providerBranch,
            repository: `${reply.providerRepositoryOwner}/${reply.providerRepositoryName}`
          }
  }))

/** What 1.6 answers to cancelling a build: the build, which has the status of its deployment. */
export const cancelledReply = z.object({ status: oneOf(deploymentStatuses) })

export const deploymentsReply = pageReply('deployments', deploymentReply)
