import type { Delivery } from '../../contract/alerts.ts'
import type { Clock, Log, Notice, Notifier } from '../ports.ts'

export interface DeliveryOptions {
  readonly notifier: Notifier
  readonly clock: Clock
  readonly log: Log
  /** What a notice says now; `null` where there is nothing to hand over. */
  readonly noticeOf: (noticeId: string) => Notice | null
  /** Whether a notice is still true. */
  readonly isWanted: (noticeId: string) => boolean
  /** The desktop has taken it. */
  readonly onShown: (noticeId: string) => void
  readonly onFace: () => void
}

/** Waits before the next try, the last one for all that follow. */
const waitsMs = [2_000, 5_000, 15_000, 60_000] as const

/** Hands notices to the desktop until it has taken them: late rather than never, and none that is not wanted any more. */
export class DesktopDelivery {
  readonly #options: DeliveryOptions
  readonly #due = new Set<string>()
  #isTrying = false
  #showing: string | null = null
  #failures = 0
  #waitingSinceMs: number | null = null
  #isStopped = false
  #takeBack: () => void = () => undefined
  readonly #stop: () => void

  constructor(options: DeliveryOptions) {
    this.#options = options
    this.#stop = options.notifier.onFace(() => {
      options.onFace()
      // Another daemon may take what the last one did not.
      this.#failures = 0
      this.#go()
    })
  }

  get delivery(): Delivery {
    const face = this.#options.notifier.face()
    if (face.kind === 'none') return { notifier: 'none', sentence: face.why }
    const how = face.kind === 'buttons' ? 'with buttons' : 'without buttons: open Standby to acknowledge'
    return { notifier: face.kind, sentence: `Notices are shown by ${face.server}, ${how}.` }
  }

  /** Since when a notice is due that the desktop has not taken; `null` while there is none. */
  get waitingSinceMs(): number | null {
    return this.#waitingSinceMs
  }

  /** Shows a notice as it is now, in the place of the one before of this id. */
  send(noticeId: string): void {
    this.#due.add(noticeId)
    this.#waitingSinceMs ??= this.#options.clock.now()
    this.#go()
  }

  /** Shows a notice that nobody has taken yet; one that is on its way goes on as it does. */
  remind(noticeId: string): void {
    if (!this.#due.has(noticeId) && this.#showing !== noticeId) this.send(noticeId)
  }

  close(noticeId: string): void {
    this.#due.delete(noticeId)
    if (this.#due.size === 0 && this.#showing === null) this.#waitingSinceMs = null
    this.#options.notifier.close(noticeId)
  }

  stop(): void {
    this.#isStopped = true
    this.#takeBack()
    this.#stop()
    this.#due.clear()
  }

  #go(): void {
    if (this.#isTrying || this.#due.size === 0) return
    this.#takeBack()
    this.#isTrying = true
    void this.#try().finally(() => {
      this.#isTrying = false
      if (this.#due.size === 0) {
        this.#waitingSinceMs = null
        return
      }
      if (this.#failures === 0) this.#go()
      else this.#takeBack = this.#options.clock.after(waitsMs[this.#failures - 1] ?? waitsMs[3], () => this.#go())
    })
  }

  async #try(): Promise<void> {
    const { notifier, noticeOf, isWanted, onShown, log } = this.#options
    for (const noticeId of [...this.#due]) {
      const notice = noticeOf(noticeId)
      this.#due.delete(noticeId)
      if (notice === null) continue
      this.#showing = noticeId
      try {
        await notifier.show(notice)
        // Whoever would keep that it was shown is closed by now: it is shown again after the next start.
        if (this.#isStopped) return
        this.#failures = 0
        onShown(noticeId)
      } catch (thrown) {
        this.#due.add(noticeId)
        this.#failures++
        log(`a notice was not shown: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
        return
      } finally {
        this.#showing = null
      }
      // What was resolved while the desktop took its time.
      if (!isWanted(noticeId)) notifier.close(noticeId)
    }
  }
}
