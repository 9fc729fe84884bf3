import { Failure } from '../core/failure.ts'
import { api } from './api-ids.ts'
import { executionAttributes } from './attributes.ts'
import type { Caller } from './caller.ts'
import { executionBody, type Run } from './execution-run.ts'
import { executionReply, executionsReply, type Execution } from './executions-replies.ts'
import { fullFormat } from './formats.ts'
import { isSearching, listQuery, type ListOptions } from './list-options.ts'
import { unsupportedBy } from './offers.ts'
import { pages, type Walk } from './pages.ts'
import type { Page } from './page-reply.ts'
import { where } from './queries.ts'
import { isAtLeast } from './versions.ts'

type List = typeof executionAttributes

/** The executions of functions. Every method throws a `Failure`. */
export class Executions {
  readonly #caller: Caller

  constructor(caller: Caller) {
    this.#caller = caller
  }

  /**
   * With full logs, so a page of 25 may hold megabytes. `search` is refused unless the server is known to be older than
   * 1.7: later ones ignore it, and would answer with what was not asked for.
   */
  async list(functionId: string, options: ListOptions<List>, signal: AbortSignal): Promise<Page<Execution>> {
    const { version } = this.#caller
    if (isSearching(options) && (version === null || isAtLeast(version, '1.7.0'))) {
      throw new Failure(unsupportedBy(version, 'a search in executions'))
    }
    const path = api`/functions/${functionId}/executions`
    const call = { path, query: listQuery(options, version), format: fullFormat(version) }
    return this.#caller.ask('GET /functions/{functionId}/executions', executionsReply, call, signal)
  }

  /** All that match, page by page. */
  pages(
    functionId: string,
    walk: Walk<List>,
    signal: AbortSignal
  ): AsyncGenerator<readonly Execution[], void, undefined> {
    return pages((query, signal) => this.list(functionId, { query }, signal), walk, signal)
  }

  async get(functionId: string, executionId: string, signal: AbortSignal): Promise<Execution> {
    const call = {
      path: api`/functions/${functionId}/executions/${executionId}`,
      format: fullFormat(this.#caller.version)
    }
    return this.#caller.ask('GET /functions/{functionId}/executions/{executionId}', executionReply, call, signal)
  }

  /**
   * Runs the function: waits for the response (at most 30 s, then a `timeout`, and the run is kept as failed), or only
   * for its being queued or scheduled. Never sent twice: when the connection is lost on the way, `since` tells whether
   * it runs. Where logging is off, 1.5 keeps no execution that could be found.
   */
  async create(functionId: string, run: Run, signal: AbortSignal): Promise<Execution> {
    const { version } = this.#caller
    const call = {
      method: 'POST',
      path: api`/functions/${functionId}/executions`,
      body: executionBody(run, version),
      format: fullFormat(version)
    } as const
    return this.#caller.ask('POST /functions/{functionId}/executions', executionReply, call, signal)
  }

  /** Deletes an execution that has ended or is only scheduled. Since 1.6. */
  async delete(functionId: string, executionId: string, signal: AbortSignal): Promise<void> {
    const path = api`/functions/${functionId}/executions/${executionId}`
    const operation = 'DELETE /functions/{functionId}/executions/{executionId}'
    await this.#caller.answer(operation, { method: 'DELETE', path }, signal)
  }

  /**
   * The executions made by calls since a time of the server's clock, newest first: whether a `create` whose reply was
   * lost has run. Its method and path are what to compare; two equal calls cannot be told apart.
   */
  async since(functionId: string, atMs: number, signal: AbortSignal): Promise<readonly Execution[]> {
    const made = where(executionAttributes).createdFrom(atMs)
    const found: Execution[] = []
    for await (const page of this.pages(functionId, { where: made }, signal)) found.push(...page)
    return found.filter(({ trigger, status }) => trigger === 'http' || status === 'scheduled')
  }
}
