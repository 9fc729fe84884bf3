import type { Frame } from '../../contract/bridge.ts'
import type { Fault } from '../../contract/fault.ts'
import { faultOf } from '../../core/failure.ts'
import type { LiveView } from '../live-view.ts'

/** Deltas kept for a page that has not acknowledged yet; one more and it gets a new snapshot instead. */
export const backlogLimit = 256

/**
 * One open feed. A frame leaves only after the page acknowledged the one before, so a slow page never piles up frames
 * in the channel: it is late, then right.
 */
export class Outlet {
  readonly #view: LiveView<unknown, unknown>
  readonly #post: (frame: Frame) => void
  readonly #onEnd: () => void
  #backlog: unknown[] = []
  #isOverflown = false
  #seq = 0
  /** The frame the page has not acknowledged; 0 when it is up to date. */
  #inFlight = 0
  #isOpen = true
  #unsubscribe: () => void = () => undefined

  constructor(view: LiveView<unknown, unknown>, post: (frame: Frame) => void, onEnd: () => void) {
    this.#view = view
    this.#post = post
    this.#onEnd = onEnd
  }

  /** Sends the first snapshot. Subscribes before reading it: a change in between must not be lost. */
  start(): void {
    this.#unsubscribe = this.#view.subscribe(
      (delta) => this.#push(delta),
      (fault) => this.end(fault)
    )
    if (this.#isOpen) this.#sendSnapshot()
  }

  /** The page applied frame `seq`; anything but the frame in flight is ignored. */
  ack(seq: number): void {
    if (seq !== this.#inFlight || !this.#isOpen) return
    this.#inFlight = 0
    this.#flush()
  }

  /** Sends the last frame, whether or not the page keeps up. */
  end(fault: Fault | null): void {
    if (!this.#isOpen) return
    this.close()
    this.#post({ kind: 'end', seq: ++this.#seq, fault })
    this.#onEnd()
  }

  /** Ends without a word: the page closed the feed or is gone. */
  close(): void {
    this.#isOpen = false
    this.#backlog = []
    this.#unsubscribe()
  }

  #push(delta: unknown): void {
    if (!this.#isOpen || this.#isOverflown) return
    this.#backlog.push(delta)
    if (this.#backlog.length > backlogLimit) {
      this.#backlog = []
      this.#isOverflown = true
    }
    this.#flush()
  }

  #flush(): void {
    if (this.#inFlight !== 0) return
    if (this.#isOverflown) {
      this.#sendSnapshot()
    } else if (this.#backlog.length > 0) {
      const values = this.#backlog
      this.#backlog = []
      this.#inFlight = ++this.#seq
      this.#post({ kind: 'deltas', seq: this.#seq, values })
    }
  }

  #sendSnapshot(): void {
    this.#backlog = []
    this.#isOverflown = false
    let value: unknown
    try {
      value = this.#view.snapshot()
    } catch (thrown) {
      this.end(faultOf(thrown))
      return
    }
    this.#inFlight = ++this.#seq
    this.#post({ kind: 'snapshot', seq: this.#seq, value })
  }
}
