import { Failure } from '../core/failure.ts'
import { api } from './api-ids.ts'
import type { functionAttributes } from './attributes.ts'
import type { Call, Caller } from './caller.ts'
import { fullFormat } from './formats.ts'
import {
  functionReply,
  functionsReply,
  runtimesReply,
  specificationsReply,
  type AppwriteFunction,
  type Runtime,
  type Specification
} from './functions-replies.ts'
import { listQuery, type ListOptions } from './list-options.ts'
import { pages, type Walk } from './pages.ts'
import type { Page } from './page-reply.ts'
import { usageReply, type Usage, type UsageRange } from './usage-replies.ts'
import { isAtLeast } from './versions.ts'

type List = typeof functionAttributes

/** The functions of a project. Every method throws a `Failure`. */
export class Functions {
  readonly #caller: Caller

  constructor(caller: Caller) {
    this.#caller = caller
  }

  /** `search` looks in names, ids and runtimes. */
  async list(options: ListOptions<List>, signal: AbortSignal): Promise<Page<AppwriteFunction>> {
    const { version } = this.#caller
    const call = { path: '/functions', query: listQuery(options, version), format: fullFormat(version) }
    return this.#caller.ask('GET /functions', functionsReply, call, signal)
  }

  /** All that match, page by page. */
  pages(walk: Walk<List>, signal: AbortSignal): AsyncGenerator<readonly AppwriteFunction[], void, undefined> {
    return pages((query, signal) => this.list({ query }, signal), walk, signal)
  }

  async get(functionId: string, signal: AbortSignal): Promise<AppwriteFunction> {
    const call = { path: api`/functions/${functionId}`, format: fullFormat(this.#caller.version) }
    return this.#caller.ask('GET /functions/{functionId}', functionReply, call, signal)
  }

  /**
   * What the server can build and run. From 1.7 on it refuses a key here, so none is sent; a server of unknown version
   * is asked with the key, and without it when it refuses.
   */
  async runtimes(signal: AbortSignal): Promise<readonly Runtime[]> {
    const { version, credentials } = this.#caller
    const keyless = { ...credentials, apiKey: null }
    if (isAtLeast(version, '1.7.0')) return this.#runtimes({ credentials: keyless }, signal)
    try {
      return await this.#runtimes({}, signal)
    } catch (error) {
      if (version !== null || !(error instanceof Failure) || error.fault.code !== 'denied') throw error
      return this.#runtimes({ credentials: keyless }, signal)
    }
  }

  /** The machines functions may be built and run on. Since 1.6. */
  async specifications(signal: AbortSignal): Promise<readonly Specification[]> {
    const call = { path: '/functions/specifications' }
    const asked = this.#caller.ask('GET /functions/specifications', specificationsReply, call, signal)
    return (await this.#unlessAnId(asked, call.path)).items
  }

  /** Of one function. Gone after 1.9.6. */
  async usage(functionId: string, range: UsageRange, signal: AbortSignal): Promise<Usage> {
    const call = this.#usageCall(api`/functions/${functionId}/usage`, range)
    return this.#caller.ask('GET /functions/{functionId}/usage', usageReply, call, signal)
  }

  /** Of all functions together. Gone after 1.9.6. */
  usageOfAll(range: UsageRange, signal: AbortSignal): Promise<Usage> {
    const call = this.#usageCall('/functions/usage', range)
    return this.#unlessAnId(this.#caller.ask('GET /functions/usage', usageReply, call, signal), call.path)
  }

  async #runtimes(more: Partial<Call>, signal: AbortSignal): Promise<readonly Runtime[]> {
    const call = { path: '/functions/runtimes', ...more }
    return (await this.#caller.ask('GET /functions/runtimes', runtimesReply, call, signal)).items
  }

  /** A server that has no such path takes its last part for the id of a function, and does not find it. */
  async #unlessAnId<Value>(asked: Promise<Value>, path: string): Promise<Value> {
    try {
      return await asked
    } catch (error) {
      const detail = error instanceof Failure ? (error.fault.detail ?? '') : ''
      if (!/^HTTP 404 function_not_found\b/.test(detail)) throw error
      const { host } = this.#caller.transport.asked(this.#caller.credentials, path)
      const message = `${host} does not offer ${path}: its Appwrite version does not have it.`
      throw new Failure({ code: 'unsupported', message, detail })
    }
  }

  #usageCall(path: string, range: UsageRange): Call {
    return { path, query: { range }, format: fullFormat(this.#caller.version) }
  }
}
