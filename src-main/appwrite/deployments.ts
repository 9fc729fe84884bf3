import { Failure } from '../core/failure.ts'
import { api, checkedId } from './api-ids.ts'
import { deploymentAttributes } from './attributes.ts'
import type { Call, Caller } from './caller.ts'
import { cancelledReply, deploymentReply, deploymentsReply, type Deployment } from './deployments-replies.ts'
import { fullFormat } from './formats.ts'
import { functionReply, type AppwriteFunction } from './functions-replies.ts'
import { isSearching, listQuery, type ListOptions } from './list-options.ts'
import { checkOffered, unsupportedBy } from './offers.ts'
import { pages, type Walk } from './pages.ts'
import type { Page } from './page-reply.ts'
import { query } from './queries.ts'
import { newestUnlike } from './retried-deployment.ts'
import type { DownloadTarget } from './transport.ts'
import { isAtLeast } from './versions.ts'

type List = typeof deploymentAttributes

/** The deployments of functions. Every method throws a `Failure`. */
export class Deployments {
  readonly #caller: Caller

  constructor(caller: Caller) {
    this.#caller = caller
  }

  /** `search` is refused from 1.7 on: servers answer it with an error of their own. */
  async list(functionId: string, options: ListOptions<List>, signal: AbortSignal): Promise<Page<Deployment>> {
    const { version } = this.#caller
    if (isSearching(options) && isAtLeast(version, '1.7.0')) {
      throw new Failure(unsupportedBy(version, 'a search in deployments'))
    }
    const path = api`/functions/${functionId}/deployments`
    const call = { path, query: listQuery(options, version), format: fullFormat(version) }
    return this.#caller.ask('GET /functions/{functionId}/deployments', deploymentsReply, call, signal)
  }

  /** All that match, page by page. */
  pages(
    functionId: string,
    walk: Walk<List>,
    signal: AbortSignal
  ): AsyncGenerator<readonly Deployment[], void, undefined> {
    return pages((query, signal) => this.list(functionId, { query }, signal), walk, signal)
  }

  async get(functionId: string, deploymentId: string, signal: AbortSignal): Promise<Deployment> {
    const call = this.#call(api`/functions/${functionId}/deployments/${deploymentId}`)
    return this.#caller.ask('GET /functions/{functionId}/deployments/{deploymentId}', deploymentReply, call, signal)
  }

  /**
   * Makes this the deployment that runs. First makes sure that it belongs to the function, which no server does: it
   * would activate another function's code. The build must be `ready`, else the fault is `invalid`.
   */
  async activate(functionId: string, deploymentId: string, signal: AbortSignal): Promise<AppwriteFunction> {
    await this.#own(functionId, deploymentId, signal)
    const call = isAtLeast(this.#caller.version, '1.7.0')
      ? { ...this.#call(api`/functions/${functionId}/deployment`), body: { deploymentId } }
      : this.#call(api`/functions/${functionId}/deployments/${deploymentId}`)
    const operation = 'PATCH /functions/{functionId}/deployments/{deploymentId}'
    return this.#caller.ask(operation, functionReply, { ...call, method: 'PATCH' }, signal)
  }

  /** Deletes it for good. Of the active one too: the function then has none. */
  async delete(functionId: string, deploymentId: string, signal: AbortSignal): Promise<void> {
    const path = api`/functions/${functionId}/deployments/${deploymentId}`
    const operation = 'DELETE /functions/{functionId}/deployments/{deploymentId}'
    await this.#caller.answer(operation, { method: 'DELETE', path }, signal)
  }

  /**
   * Builds the same source again, as a new deployment with an id of its own, which is the value. 1.5 and 1.6 do not say
   * which it is, so it is looked for in the list: `null` when it does not stand there yet, when it cannot be told apart
   * from others just made, or when the list could not be had. The build is under way in any case.
   */
  async retryBuild(functionId: string, deploymentId: string, signal: AbortSignal): Promise<Deployment | null> {
    const source = await this.#own(functionId, deploymentId, signal)
    const isTold = isAtLeast(this.#caller.version, '1.7.0')
    const before = isTold ? [] : await this.#newest(functionId, signal)
    const call = { ...this.#retryCall(functionId, source), method: 'POST' } as const
    const operation = 'POST /functions/{functionId}/deployments/{deploymentId}/builds/{buildId}'
    const answer = await this.#caller.answer(operation, call, signal)
    if (answer.status !== 204) return this.#caller.read(deploymentReply, answer, call)
    try {
      return newestUnlike(before, await this.#newest(functionId, signal), source)
    } catch (error) {
      // The server has done what was asked; to fail now would say that it has not.
      if (error instanceof Failure) return null
      throw error
    }
  }

  /** Stops a build that has not ended. Since 1.6; a build that has ended is `invalid`. */
  async cancelBuild(functionId: string, deploymentId: string, signal: AbortSignal): Promise<Deployment> {
    const operation = 'PATCH /functions/{functionId}/deployments/{deploymentId}/status'
    checkOffered(operation, this.#caller.version)
    const path = api`/functions/${functionId}/deployments/${deploymentId}`
    if (isAtLeast(this.#caller.version, '1.7.0')) {
      const call = { ...this.#call(`${path}/status`), method: 'PATCH' } as const
      return this.#caller.ask(operation, deploymentReply, call, signal)
    }
    // 1.6 answers with the build, so the deployment is fetched before. 1.5 has no such route, and all others know this one.
    const deployment = await this.get(functionId, deploymentId, signal)
    const call = { ...this.#call(`${path}/build`), method: 'PATCH' } as const
    return { ...deployment, ...(await this.#caller.ask(operation, cancelledReply, call, signal)) }
  }

  /**
   * Loads the archive of its source, or since 1.7 of its build, into a file of this machine; the value is its size. An
   * earlier attempt at the same is continued. `missing` also where the server has no source yet, as for a deployment
   * from a repository before its build began.
   */
  async download(
    functionId: string,
    deploymentId: string,
    what: 'source' | 'output',
    { file, onProgress }: Omit<DownloadTarget, 'identity'>,
    signal: AbortSignal
  ): Promise<number> {
    const { version, credentials, transport } = this.#caller
    if (what === 'output' && !isAtLeast(version, '1.7.0')) {
      throw new Failure(unsupportedBy(version, 'the output of a build', { since: '1.7.0' }))
    }
    const path = api`/functions/${functionId}/deployments/${deploymentId}/download`
    const request = { credentials, path, ...(what === 'output' ? { query: { type: 'output' } } : {}) }
    const identity = `${functionId}/${deploymentId}/${what}`
    return transport.download(request, { file, identity, ...(onProgress === undefined ? {} : { onProgress }) }, signal)
  }

  /** Where the version is unknown by the path of 1.5, which all know; 1.7 lost that of 1.6. */
  #retryCall(functionId: string, source: Deployment): Call {
    const { version } = this.#caller
    if (isAtLeast(version, '1.7.0')) {
      return { ...this.#call(api`/functions/${functionId}/deployments/duplicate`), body: { deploymentId: source.id } }
    }
    const path = api`/functions/${functionId}/deployments/${source.id}`
    if (isAtLeast(version, '1.6.0')) return { ...this.#call(`${path}/build`), body: {} }
    // Without a build of its own there is nothing to name; 1.5 then says `missing`, newer ones take any name here.
    return this.#call(`${path}/builds/${checkedId(source.buildId ?? source.id)}`)
  }

  async #own(functionId: string, deploymentId: string, signal: AbortSignal): Promise<Deployment> {
    const deployment = await this.get(functionId, checkedId(deploymentId, 'deploymentId'), signal)
    if (deployment.functionId === functionId) return deployment
    throw new Failure({
      code: 'invalid',
      field: 'deploymentId',
      message: `This deployment belongs to the function “${deployment.functionId}” and not to “${functionId}”. Nothing was changed.`
    })
  }

  async #newest(functionId: string, signal: AbortSignal): Promise<readonly Deployment[]> {
    const newest = query(deploymentAttributes).newestFirst().limit(25)
    return (await this.list(functionId, { query: newest }, signal)).items
  }

  #call(path: string): Call {
    return { path, format: fullFormat(this.#caller.version) }
  }
}
