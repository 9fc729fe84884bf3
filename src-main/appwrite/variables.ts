import type { z } from 'zod'
import { Failure } from '../core/failure.ts'
import { api, checkedId } from './api-ids.ts'
import { variableAttributes } from './attributes.ts'
import type { Answer } from './answer.ts'
import type { Call, Caller } from './caller.ts'
import { nobody } from './credentials.ts'
import { fullFormat } from './formats.ts'
import { unsupportedBy, type Operation } from './offers.ts'
import { pages } from './pages.ts'
import type { Page } from './page-reply.ts'
import { encodeQuery } from './encode-query.ts'
import { where, type Query } from './queries.ts'
import { isAtLeast } from './versions.ts'
import { variableReply, variablesReply, type StoredVariable, type Variable } from './variables-replies.ts'

export interface NewVariable {
  readonly key: string
  /** Up to 8192 characters. */
  readonly value: string
  /** A secret one can be used and replaced, but not read any more. Since 1.7. */
  readonly isSecret: boolean
  /** Chosen by the caller; since 1.9.5. Default: chosen by the server. */
  readonly id?: string
}

export interface VariableChange {
  /** The present one, or a new one: servers before 1.9.5 want to be told it. */
  readonly key: string
  /** Absent: as it is. */
  readonly value?: string
  /** A plain one becomes secret, since 1.7. There is no way back. */
  readonly isSecret?: true
}

/**
 * The variables of functions. Every method throws a `Failure`, in which no value is ever told. Each change makes the
 * function not live: a running container keeps what it started with.
 */
export class Variables {
  readonly #caller: Caller

  constructor(caller: Caller) {
    this.#caller = caller
  }

  /**
   * All of a function. Before 1.9.5 the server sends all at once, at most 1000; since then in pages, of which there are
   * more than the first when a server of unknown version counts more than it sends.
   */
  async list(functionId: string, signal: AbortSignal): Promise<readonly Variable[]> {
    const { version } = this.#caller
    const path = api`/functions/${functionId}/variables`
    if (!isAtLeast(version, '1.9.5')) {
      const { items, total } = await this.#page({ path }, signal)
      if (version !== null || total <= items.length) return items
    }
    const all: Variable[] = []
    const page = (query: Query<typeof variableAttributes>, signal: AbortSignal) =>
      this.#page({ path, query: encodeQuery(query, version) }, signal)
    const walk = { where: where(variableAttributes), from: 'oldest', pageSize: 100 } as const
    for await (const items of pages(page, walk, signal)) all.push(...items)
    return all
  }

  async get(functionId: string, variableId: string, signal: AbortSignal): Promise<Variable> {
    const path = api`/functions/${functionId}/variables/${variableId}`
    return this.#one('GET /functions/{functionId}/variables/{variableId}', { path }, signal)
  }

  /** Whether it is secret is always said: left out, servers from 1.7 on make a secret one. */
  async create(functionId: string, { key, value, isSecret, id }: NewVariable, signal: AbortSignal): Promise<Variable> {
    const { version } = this.#caller
    const hasIds = isAtLeast(version, '1.9.5')
    if (isSecret) this.#checkSecrets()
    if (id !== undefined && !hasIds) {
      throw new Failure(unsupportedBy(version, 'variables with an id of your own', { since: '1.9.5' }))
    }
    const body = {
      key,
      value,
      ...(isAtLeast(version, '1.7.0') ? { secret: isSecret } : {}),
      ...(hasIds ? { variableId: id === undefined ? 'unique()' : checkedId(id, 'id') } : {})
    }
    const call = { method: 'POST', path: api`/functions/${functionId}/variables`, body, secrets: [value] } as const
    return this.#one('POST /functions/{functionId}/variables', call, signal)
  }

  async update(
    functionId: string,
    variableId: string,
    { key, value, isSecret }: VariableChange,
    signal: AbortSignal
  ): Promise<Variable> {
    if (isSecret === true) this.#checkSecrets()
    const call = {
      method: 'PUT',
      path: api`/functions/${functionId}/variables/${variableId}`,
      body: { key, ...(value === undefined ? {} : { value }), ...(isSecret === true ? { secret: true } : {}) },
      secrets: value === undefined ? [] : [value]
    } as const
    return this.#one('PUT /functions/{functionId}/variables/{variableId}', call, signal)
  }

  async delete(functionId: string, variableId: string, signal: AbortSignal): Promise<void> {
    const path = api`/functions/${functionId}/variables/${variableId}`
    const operation = 'DELETE /functions/{functionId}/variables/{variableId}'
    await this.#caller.answer(operation, { method: 'DELETE', path }, signal)
  }

  /** A server of unknown version might take the value and show it to everyone who may read it. */
  #checkSecrets(): void {
    const { version } = this.#caller
    if (isAtLeast(version, '1.7.0')) return
    throw new Failure(unsupportedBy(version, 'secret variables', { since: '1.7.0' }))
  }

  async #one(operation: Operation, call: Call, signal: AbortSignal): Promise<Variable> {
    const asked = { ...call, format: fullFormat(this.#caller.version) }
    const answer = await this.#caller.answer(operation, asked, signal)
    const [shown, stored] = this.#read(variableReply, answer, asked)
    return withheld(shown, stored)
  }

  async #page(call: Call, signal: AbortSignal): Promise<Page<Variable>> {
    const asked = { ...call, format: fullFormat(this.#caller.version) }
    const answer = await this.#caller.answer('GET /functions/{functionId}/variables', asked, signal)
    const [shown, stored] = this.#read(variablesReply, answer, asked)
    return { ...shown, items: shown.items.map((one, index) => withheld(one, stored.items[index])) }
  }

  /** As it may be shown, and as the server has it. */
  #read<Schema extends z.ZodType>(schema: Schema, answer: Answer, call: Call) {
    const shown = this.#caller.read(schema, answer, call)
    return [shown, this.#caller.read(schema, answer, { ...call, credentials: nobody })] as const
  }
}

/** A value with the connection's own key in it is not told at all: with the key masked it would be saved so one day. */
function withheld(shown: StoredVariable, stored: StoredVariable | undefined): Variable {
  const isWithheld = shown.value !== stored?.value
  return { ...shown, value: isWithheld ? null : shown.value, isWithheld }
}
