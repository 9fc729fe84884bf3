import type { z } from 'zod'
import type { Answer } from './answer.ts'
import type { ApiRequest } from './api-request.ts'
import type { Credentials } from './credentials.ts'
import { decode } from './decode.ts'
import { heard, type Hear } from './hearing.ts'
import { checkOffered, type Operation } from './offers.ts'
import type { Transport } from './transport.ts'
import type { ServerVersion } from './versions.ts'

/** Whose calls a resource makes, and on what server. */
export interface CallerOptions {
  readonly transport: Transport
  readonly credentials: Credentials
  /** `null` while unknown: calls are then made as 1.5 understands them. */
  readonly version: ServerVersion | null
  readonly hear?: Hear | undefined
}

/** The parts of a request that differ from call to call. */
export type Call = Omit<ApiRequest, 'credentials' | 'method'> & {
  readonly method?: ApiRequest['method']
  /** Instead of those of the caller. */
  readonly credentials?: Credentials
}

/** How the resources of one project ask: with its credentials, offered operations only, replies decoded. */
export class Caller {
  readonly transport: Transport
  readonly credentials: Credentials
  readonly version: ServerVersion | null
  readonly hear: Hear | undefined

  constructor({ transport, credentials, version, hear }: CallerOptions) {
    this.transport = transport
    this.credentials = credentials
    this.version = version
    this.hear = hear
  }

  /** The decoded reply. `operation` is what is asked for, by the name the table of offers has for it. */
  async ask<Schema extends z.ZodType>(
    operation: Operation,
    schema: Schema,
    call: Call,
    signal: AbortSignal
  ): Promise<z.output<Schema>> {
    return this.read(schema, await this.answer(operation, call, signal), call)
  }

  /** The reply itself, for calls that answer in several ways or with nothing. */
  answer(operation: Operation, call: Call, signal: AbortSignal): Promise<Answer> {
    checkOffered(operation, this.version)
    const request = { method: 'GET', credentials: this.credentials, ...call } as const
    return heard(this.hear, operation, () => this.transport.request(request, signal))
  }

  /** Decodes a reply to `call`. */
  read<Schema extends z.ZodType>(schema: Schema, answer: Answer, call: Call): z.output<Schema> {
    const { credentials = this.credentials, path, secrets = [] } = call
    return decode(schema, answer, { ...this.transport.asked(credentials, path), secrets })
  }
}
