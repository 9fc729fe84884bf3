import type { Fault } from '../../src-main/contract/fault.ts'
import type { HistoryArgs } from '../../src-main/contract/history.ts'
import type { SweepRow } from '../../src-main/contract/queues.ts'
import type { BridgeClient } from '../bridge/client.ts'
import { emptyPicture, pictureOf, withRows, type Picture } from '../features/queues/picture.ts'

/** A range of some series: asked for once, then kept up with the rows of the feed. */
export class HistoryStore {
  readonly #bridge: BridgeClient
  #asking: AbortController | null = null
  /** Rows that came while main was being asked: its answer may or may not hold them. */
  #late: SweepRow[] = []
  #serverId: string | null = null
  #picture: Picture | null = null
  /** `null` before the first answer for a server. */
  picture = $state.raw<Picture | null>(null)
  /** Why the last range was not answered; what was known stays. */
  fault = $state.raw<Fault | null>(null)

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  /**
   * Asks for a range in place of what was asked before, whose answer no longer counts. The old picture of the same
   * server stays until the new one is there; another server's is never shown under its name. `isFollowing`: the range ends at the present and moves on with it.
   */
  async ask(args: HistoryArgs, isFollowing: boolean): Promise<void> {
    this.#asking?.abort()
    const asking = new AbortController()
    this.#asking = asking
    this.#late = []
    if (this.#serverId !== args.serverId) this.#show(null)
    this.#serverId = args.serverId
    const reply = await this.#bridge.call('history.query', args, asking.signal)
    if (this.#asking !== asking) return
    this.#asking = null
    this.fault = reply.ok ? null : reply.fault
    if (reply.ok) this.#show(withRows(pictureOf(args, reply.value, isFollowing), this.#late))
    else if (this.#picture === null) this.#show(withRows(emptyPicture(args, isFollowing), this.#late))
    this.#late = []
  }

  /** Takes what the feed brought, oldest first. */
  append(rows: readonly SweepRow[]): void {
    if (rows.length === 0) return
    if (this.#asking !== null) this.#late.push(...rows)
    if (this.#picture !== null) this.#show(withRows(this.#picture, rows))
  }

  /** Forgets everything, and an answer under way. */
  clear(): void {
    this.#asking?.abort()
    this.#asking = null
    this.#serverId = null
    this.#show(null)
  }

  // Kept a second time, unobserved: an effect that asks must not run again for each answer.
  #show(picture: Picture | null): void {
    this.#picture = picture
    this.picture = picture
  }
}
