import { maxIdLength, type Frame } from '../../contract/bridge.ts'
import { isName, type ArgsOf, type CallName, type FeedName } from '../../contract/contract.ts'
import type { Fault, Reply } from '../../contract/fault.ts'
import { schemas } from '../../contract/schemas/schemas.ts'
import { faultOf } from '../../core/failure.ts'
import type { LiveView } from '../live-view.ts'
import type { CallHandlers, FeedHandlers } from './handlers.ts'
import { Outlet } from './outlet.ts'

export interface SessionOptions {
  readonly calls: CallHandlers
  readonly feeds: FeedHandlers
  /** Sends a frame to the page. */
  readonly post: (id: string, frame: Frame) => void
  /** Hears of faults of our own. */
  readonly onDefect: (name: string, thrown: unknown) => void
}

/** How many calls, and how many feeds, one page may have open. */
export const openLimit = 128

const refusal = (fault: Fault): Reply<never> => ({ ok: false, fault })
const done: Reply<null> = { ok: true, value: null }

/**
 * What one page has under way. Takes messages as `unknown`, checks every part, and answers each one; a page's ids mean
 * nothing to another page's session.
 */
export class Session {
  readonly #options: SessionOptions
  readonly #calls = new Map<string, AbortController>()
  readonly #outlets = new Map<string, Outlet>()

  constructor(options: SessionOptions) {
    this.#options = options
  }

  async request(id: unknown, name: unknown, args: unknown): Promise<Reply<unknown>> {
    if (!isName(name, 'call')) return refusal(unknownName)
    const fault = this.#idFault(id, this.#calls)
    if (fault !== null) return refusal(fault)
    const parsed = parseArgs(name, args)
    if (!parsed.ok) return parsed
    const controller = new AbortController()
    this.#calls.set(id as string, controller)
    try {
      const value = await this.#answer(name, parsed.value, controller.signal)
      return controller.signal.aborted ? refusal({ code: 'cancelled', message: 'Cancelled.' }) : { ok: true, value }
    } catch (thrown) {
      return refusal(this.#told(name, thrown))
    } finally {
      this.#calls.delete(id as string)
    }
  }

  cancel(id: unknown): Reply<null> {
    if (typeof id !== 'string') return refusal(badId)
    this.#calls.get(id)?.abort()
    return done
  }

  open(id: unknown, name: unknown, args: unknown): Reply<null> {
    if (!isName(name, 'feed')) return refusal(unknownName)
    const fault = this.#idFault(id, this.#outlets)
    if (fault !== null) return refusal(fault)
    const parsed = parseArgs(name, args)
    if (!parsed.ok) return parsed
    const feedId = id as string
    try {
      const view = this.#view(name, parsed.value)
      const post = (frame: Frame): void => this.#options.post(feedId, frame)
      const outlet = new Outlet(view, post, () => void this.#outlets.delete(feedId))
      this.#outlets.set(feedId, outlet)
      outlet.start()
      return done
    } catch (thrown) {
      this.#outlets.delete(feedId)
      return refusal(this.#told(name, thrown))
    }
  }

  ack(id: unknown, seq: unknown): Reply<null> {
    if (typeof id !== 'string' || typeof seq !== 'number') return refusal(badId)
    this.#outlets.get(id)?.ack(seq)
    return done
  }

  close(id: unknown): Reply<null> {
    if (typeof id !== 'string') return refusal(badId)
    this.#outlets.get(id)?.close()
    this.#outlets.delete(id)
    return done
  }

  /** The page is gone: cancels its calls and closes its feeds. */
  end(): void {
    for (const controller of this.#calls.values()) controller.abort()
    for (const outlet of this.#outlets.values()) outlet.close()
    this.#outlets.clear()
  }

  #idFault(id: unknown, open: ReadonlyMap<string, unknown>): Fault | null {
    if (typeof id !== 'string' || id === '' || id.length > maxIdLength) return badId
    if (open.has(id)) return { code: 'conflict', message: `The id ${id} is in use.` }
    return open.size >= openLimit ? { code: 'limited', message: 'Too much is under way. Close something first.' } : null
  }

  async #answer<K extends CallName>(name: K, args: ArgsOf<K>, signal: AbortSignal): Promise<unknown> {
    return await this.#options.calls[name](args, signal)
  }

  #view<K extends FeedName>(name: K, args: ArgsOf<K>): LiveView<unknown, unknown> {
    return this.#options.feeds[name](args)
  }

  #told(name: string, thrown: unknown): Fault {
    const fault = faultOf(thrown)
    if (fault.code === 'defect') this.#options.onDefect(name, thrown)
    return fault
  }
}

const unknownName: Fault = { code: 'unsupported', message: 'Standby has no such call.' }
const badId: Fault = { code: 'invalid', message: 'The message has no usable id.' }

function parseArgs<K extends CallName | FeedName>(name: K, args: unknown): Reply<ArgsOf<K>> {
  try {
    const parsed = schemas[name].safeParse(args)
    // `schemas` satisfies the contract name by name; indexing by a union loses which name goes with which type.
    if (parsed.success) return { ok: true, value: parsed.data as ArgsOf<K> }
    const issue = parsed.error.issues[0]
    const field = issue?.path.map(String).join('.') ?? ''
    const message = `Standby cannot use what was sent${field === '' ? '' : ` as ${field}`}: ${issue?.message ?? 'wrong shape'}.`
    return refusal({ code: 'invalid', message, ...(field === '' ? {} : { field }) })
  } catch {
    // A getter or proxy cannot cross the real bridge, but an in-memory peer may pass one.
    return refusal({ code: 'invalid', message: 'Standby cannot read what was sent.' })
  }
}
