import type { Frame, Standby } from '../../src-main/contract/bridge.ts'
import type { ArgsOf, CallName, DeltaOf, FeedName, SnapshotOf, ValueOf } from '../../src-main/contract/contract.ts'
import type { Fault, Reply } from '../../src-main/contract/fault.ts'

/** What a page does with a feed. Frames are acknowledged after the listener returns, so it must apply them at once. */
export interface FeedListener<Snapshot, Delta> {
  /** Replaces everything known so far. */
  snapshot(value: Snapshot): void
  /** Folds news into what is known, oldest first. */
  deltas(values: readonly Delta[]): void
  /** The feed is over; `fault` says why when main ended it or refused to open it. */
  end?(fault: Fault | null): void
}

/** The page's side of the bridge, typed by the contract. */
export class BridgeClient {
  readonly #standby: Standby
  #lastId = 0

  constructor(standby: Standby) {
    this.#standby = standby
  }

  /** Asks once. Never rejects: failures and cancellation come back as faults. */
  async call<K extends CallName>(name: K, args: ArgsOf<K>, signal?: AbortSignal): Promise<Reply<ValueOf<K>>> {
    const id = this.#nextId()
    const cancel = (): void => void this.#standby.cancel(id)
    if (signal?.aborted) return { ok: false, fault: { code: 'cancelled', message: 'Cancelled.' } }
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      // Main parsed the arguments and its handler is typed by the same contract value.
      return (await this.#standby.request(id, name, args)) as Reply<ValueOf<K>>
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  /** Opens a live view; the returned function closes it. */
  watch<K extends FeedName>(name: K, args: ArgsOf<K>, listener: FeedListener<SnapshotOf<K>, DeltaOf<K>>): () => void {
    const id = this.#nextId()
    let isOpen = true
    const receive = (frame: Frame): void => {
      if (!isOpen) return
      switch (frame.kind) {
        case 'snapshot':
          listener.snapshot(frame.value as SnapshotOf<K>)
          break
        case 'deltas':
          listener.deltas(frame.values as readonly DeltaOf<K>[])
          break
        case 'end':
          isOpen = false
          listener.end?.(frame.fault)
          return
      }
      void this.#standby.ack(id, frame.seq)
    }
    void this.#standby.open(id, name, args, receive).then((reply) => {
      if (reply.ok || !isOpen) return
      isOpen = false
      listener.end?.(reply.fault)
    })
    return () => {
      if (!isOpen) return
      isOpen = false
      void this.#standby.close(id)
    }
  }

  #nextId(): string {
    return `p${++this.#lastId}`
  }
}
