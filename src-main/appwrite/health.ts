import type { z } from 'zod'
import { Failure } from '../core/failure.ts'
import type { Answer } from './answer.ts'
import { nobody, type Credentials } from './credentials.ts'
import { deadlines } from './deadlines.ts'
import { decode } from './decode.ts'
import { errorBodyOf } from './error-body.ts'
import { replyFault } from './faults.ts'
import {
  antiVirusReply,
  certificateReply,
  clockReply,
  componentReply,
  componentsReply,
  sizeInMessage,
  sizeReply,
  versionReply,
  type AntiVirusHealth,
  type CertificateHealth,
  type ClockHealth,
  type ComponentHealth
} from './health-replies.ts'
import { heard, type Hear } from './hearing.ts'
import { checkOffered, isOperation, unsupportedBy } from './offers.ts'
import { queuesOf, type ServerQueue, type ServerQueueName } from './queues.ts'
import type { ApiRequest, Transport } from './transport.ts'
import type { ServerVersion } from './versions.ts'

/** A decoded reply and how long it took. */
export interface Timed<Value> {
  readonly value: Value
  /** As seen from here, from the first byte sent to the last byte read. */
  readonly elapsedMs: number
  /** As the server says; `null` when it does not. */
  readonly serverMs: number | null
}

/** The queues with an endpoint of their own, in one version or another. */
export type DepthName = Exclude<ServerQueueName, 'screenshots' | 'executions' | 'notifications'> | 'audits'

/** Asks for every depth: the largest all versions take. Below it, a queue at its threshold is a 503 and not a number. */
const noThreshold = { threshold: '2147483647' }

/**
 * The health of a server. Every method throws a `Failure`: `unsupported` for a check the version does not offer (before
 * anything is sent, where the version is known), `server` for a reply that does not fit. A component that says `fail`
 * is a value.
 */
export class Health {
  readonly #transport: Transport
  readonly #credentials: Credentials
  readonly #version: ServerVersion | null
  readonly #hear: Hear | undefined

  constructor(transport: Transport, credentials: Credentials, version: ServerVersion | null = null, hear?: Hear) {
    this.#transport = transport
    this.#credentials = credentials
    this.#version = version
    this.#hear = hear
  }

  /** Such as `1.5.11`. Asked without key and project: it works before either is right. */
  async version(signal: AbortSignal): Promise<Timed<string>> {
    const { value, ...times } = await this.#get('/health/version', versionReply, signal, { credentials: nobody })
    return { value: value.version, ...times }
  }

  http(signal: AbortSignal): Promise<Timed<ComponentHealth>> {
    return this.#get('/health', componentReply, signal)
  }

  db(signal: AbortSignal): Promise<Timed<readonly ComponentHealth[]>> {
    return this.#components('/health/db', signal)
  }

  cache(signal: AbortSignal): Promise<Timed<readonly ComponentHealth[]>> {
    return this.#components('/health/cache', signal)
  }

  /** Offered before 1.6.2. */
  queue(signal: AbortSignal): Promise<Timed<readonly ComponentHealth[]>> {
    return this.#components('/health/queue', signal)
  }

  pubsub(signal: AbortSignal): Promise<Timed<readonly ComponentHealth[]>> {
    return this.#components('/health/pubsub', signal)
  }

  /** Writes, reads and deletes a small file on each of the server's devices: not to be asked often. */
  storage(signal: AbortSignal): Promise<Timed<ComponentHealth>> {
    return this.#get('/health/storage', componentReply, signal)
  }

  storageLocal(signal: AbortSignal): Promise<Timed<ComponentHealth>> {
    return this.#get('/health/storage/local', componentReply, signal)
  }

  /** Makes the server ask its time server: not to be asked often. More than 60 s off is a 500, and so a `server` fault. */
  time(signal: AbortSignal): Promise<Timed<ClockHealth>> {
    return this.#get('/health/time', clockReply, signal, { deadlineMs: deadlines.time })
  }

  antiVirus(signal: AbortSignal): Promise<Timed<AntiVirusHealth>> {
    return this.#get('/health/anti-virus', antiVirusReply, signal)
  }

  /** Makes the server connect to port 443 of `domain`, a public host name. */
  certificate(domain: string, signal: AbortSignal): Promise<Timed<CertificateHealth>> {
    const more = { query: { domain }, deadlineMs: deadlines.certificate }
    return this.#get('/health/certificate', certificateReply, signal, more)
  }

  /** The geo database, on the versions after 1.9.6. */
  geo(signal: AbortSignal): Promise<Timed<ComponentHealth>> {
    return this.#get('/health/geo', componentReply, signal)
  }

  /** Waiting jobs, running ones not counted, of a queue with an endpoint of its own. `audits` is `logs` by another name. */
  depth(queue: DepthName, signal: AbortSignal): Promise<Timed<number>> {
    return this.#size(`/health/queue/${queue}`, signal)
  }

  /**
   * Waiting jobs of any queue, by its name in Redis, also of one no endpoint is for: as the server counts it for its
   * databases. A queue that is not there has none.
   */
  depthByName(redisName: string, signal: AbortSignal): Promise<Timed<number>> {
    return this.#size('/health/queue/databases', signal, { name: redisName })
  }

  /** Waiting jobs of a queue out of `queuesOf`, however its version tells them. */
  async depthOf({ name, depth, redisName }: ServerQueue, signal: AbortSignal): Promise<Timed<number>> {
    switch (depth) {
      case 'endpoint':
        return this.#size(`/health/queue/${name}`, signal)
      case 'by-name':
        return this.depthByName(redisName, signal)
      case 'none':
        throw new Failure(unsupportedBy(this.#version, `the depth of the queue ${name}`))
    }
  }

  /** Failed jobs kept by the server, cumulative until they are retried. */
  async failed(queue: ServerQueueName, signal: AbortSignal): Promise<Timed<number>> {
    const found = queuesOf(this.#version).find(({ name }) => name === queue)
    if (found === undefined) throw new Failure(unsupportedBy(this.#version, `failed jobs of the queue ${queue}`))
    return this.failedOf(found, signal)
  }

  /** Failed jobs of a queue out of `queuesOf`. */
  async failedOf({ name, failedName }: ServerQueue, signal: AbortSignal): Promise<Timed<number>> {
    if (failedName === null) throw new Failure(unsupportedBy(this.#version, `failed jobs of the queue ${name}`))
    return this.failedByName(failedName, signal)
  }

  /** Failed jobs by the server's own name; one it does not know is `invalid`. */
  failedByName(name: string, signal: AbortSignal): Promise<Timed<number>> {
    return this.#size(`/health/queue/failed/${encodeURIComponent(name)}`, signal)
  }

  /** A list on every server seen, a single object in the API's documentation of 1.5: both are read. */
  async #components(path: string, signal: AbortSignal): Promise<Timed<readonly ComponentHealth[]>> {
    const answer = await this.#send({ credentials: this.#credentials, method: 'GET', path }, signal)
    const asked = this.#transport.asked(this.#credentials, path)
    const value = isSingle(answer.body)
      ? [decode(componentReply, answer, asked)]
      : decode(componentsReply, answer, asked)
    return timed(value, answer)
  }

  async #size(path: string, signal: AbortSignal, more: Readonly<Record<string, string>> = {}): Promise<Timed<number>> {
    const credentials = this.#credentials
    const request: ApiRequest = { credentials, method: 'GET', path, query: { ...more, ...noThreshold }, accept: [503] }
    const answer = await this.#send(request, signal)
    const asked = this.#transport.asked(credentials, path)
    if (answer.status !== 503) return timed(decode(sizeReply, answer, asked).size, answer)
    const error = errorBodyOf(answer.body)
    const size = error?.type === 'health_queue_size_exceeded' ? sizeInMessage(error.message) : null
    if (size === null) throw new Failure(replyFault(answer, asked))
    return timed(size, answer)
  }

  async #get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    signal: AbortSignal,
    more: Partial<Pick<ApiRequest, 'credentials' | 'query' | 'deadlineMs'>> = {}
  ): Promise<Timed<z.output<Schema>>> {
    const request: ApiRequest = { credentials: this.#credentials, method: 'GET', path, ...more }
    const answer = await this.#send(request, signal)
    return timed(decode(schema, answer, this.#transport.asked(this.#credentials, path)), answer)
  }

  /** Asks for what the version has, and tells how that ended. */
  #send(request: ApiRequest, signal: AbortSignal): Promise<Answer> {
    const operation = `GET ${request.path.replace(/(?<=^\/health\/queue\/failed\/).+/, '{name}')}`
    if (!isOperation(operation)) return this.#transport.request(request, signal)
    checkOffered(operation, this.#version)
    return heard(this.#hear, operation, () => this.#transport.request(request, signal))
  }
}

function isSingle(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'status' in body && !('statuses' in body)
}

function timed<Value>(value: Value, { elapsedMs, serverMs }: Answer): Timed<Value> {
  return { value, elapsedMs, serverMs }
}
