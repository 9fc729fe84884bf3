import type { Failure } from '../../core/failure.ts'
import { Topic } from '../../services/live-view.ts'
import type { Clock, Notice, NoticeAct, Notifier, NotifierFace } from '../../services/ports.ts'
import type { BusSignal } from './bus.ts'
import { callDaemon, isFrom, isSameDaemon, lastingName, type Daemon } from './daemon.ts'
import { daemonSignal, faceOf, noticeId } from './daemon-replies.ts'
import { DaemonWatch, type DaemonState } from './daemon-watch.ts'
import { lateFailure, patienceMs, reasons, refusedFailure } from './notice-faults.ts'
import { notifyArguments, notifySignature } from './notify-call.ts'
import { within } from './patience.ts'
import type { Shown, ShownMemory } from './shown-memory.ts'

export interface FreedesktopOptions {
  readonly clock: Clock
  /** Of the session's bus. */
  readonly address: string
  /** Keeps what is shown between starts; without it a notice of an earlier start is never taken back. */
  readonly memory?: ShownMemory
}

/** Notices through the daemon of the session that speaks the Desktop Notifications Specification. */
export class FreedesktopNotifier implements Notifier {
  readonly #clock: Clock
  readonly #watch: DaemonWatch
  readonly #faces = new Topic<NotifierFace>()
  readonly #acts = new Topic<readonly [noticeId: string, act: NoticeAct]>()
  /** By `noticeId`: the latest wish whose outcome is open. A later one, or `close`, takes its place. */
  readonly #asked = new Map<string, Notice>()
  /** By `noticeId`: what `#daemon` shows. */
  readonly #shown = new Map<string, Shown>()
  readonly #memory: ShownMemory | null
  /** Taken back before it was known who shows notices. */
  readonly #unwanted = new Set<string>()
  #daemon: Daemon | null = null
  #face: NotifierFace = { kind: 'none', why: reasons.looking }

  constructor(options: FreedesktopOptions) {
    this.#clock = options.clock
    this.#memory = options.memory ?? null
    this.#watch = new DaemonWatch(options)
    this.#watch.onState((state) => this.#turnTo(state))
    this.#watch.onSignal((signal) => this.#hear(signal))
  }

  start(): void {
    this.#watch.start()
  }

  stop(): void {
    this.#watch.stop()
  }

  face(): NotifierFace {
    return this.#face
  }

  onFace(listener: (face: NotifierFace) => void): () => void {
    return this.#faces.subscribe(listener)
  }

  async show(notice: Notice): Promise<void> {
    // A copy, for the same notice may be shown again while this one is on its way.
    const wish = { ...notice }
    this.#asked.set(wish.noticeId, wish)
    this.#unwanted.delete(wish.noticeId)
    const untilMs = this.#clock.monotonicMs() + patienceMs
    try {
      const daemon = await within(this.#clock, patienceMs, this.#watch.reach(), () => this.#late()).catch(
        (error: unknown) => {
          this.#settle(wish)
          throw error
        }
      )
      // Taken back, or said anew, while there was nobody to say it to.
      if (this.#asked.get(wish.noticeId) !== wish) return
      const answer = this.#notify(daemon, wish)
      await within(this.#clock, untilMs - this.#clock.monotonicMs(), answer, () => {
        this.#watch.owes(daemon, answer)
        return this.#late()
      })
    } catch (error) {
      throw refusedFailure(error)
    }
  }

  close(id: string): void {
    this.#asked.delete(id)
    const shown = this.#shown.get(id)
    if (this.#daemon === null) this.#unwanted.add(id)
    else if (shown !== undefined) {
      this.#shown.delete(id)
      takeBack(this.#daemon, shown.id)
      this.#remember(this.#daemon)
    }
  }

  onAct(listener: (noticeId: string, act: NoticeAct) => void): () => void {
    return this.#acts.subscribe(([id, act]) => listener(id, act))
  }

  /** Sends a notice and remembers its id, also when nobody waits for that any more. */
  async #notify(daemon: Daemon, notice: Notice): Promise<void> {
    try {
      const replaced = this.#shown.get(notice.noticeId)?.id ?? 0
      const id = noticeId(
        await callDaemon(daemon, 'Notify', notifySignature, notifyArguments(notice, replaced, daemon.traits))
      )
      if (id === null) throw new Error('an answer without the id of a notification')
      if (isSameDaemon(this.#daemon, daemon)) this.#keep(daemon, notice, id)
    } finally {
      this.#settle(notice)
    }
  }

  #keep(daemon: Daemon, notice: Notice, id: number): void {
    const { noticeId, acts } = notice
    if (this.#asked.get(noticeId) === notice) {
      for (const [other, shown] of this.#shown) if (shown.id === id) this.#shown.delete(other)
      this.#shown.set(noticeId, { id, acts })
      this.#remember(daemon)
    } else if (this.#shown.get(noticeId)?.id !== id) {
      // Closed while it was on its way, or its successor went out before its id was known.
      takeBack(daemon, id)
    }
  }

  #settle(notice: Notice): void {
    if (this.#asked.get(notice.noticeId) === notice) this.#asked.delete(notice.noticeId)
  }

  #late(): Failure {
    const state = this.#watch.state()
    return lateFailure(state.kind === 'none' ? state.why : reasons.silent)
  }

  #turnTo(state: DaemonState): void {
    if (state.kind === 'there') {
      const isOther = !isSameDaemon(this.#daemon, state.daemon)
      this.#daemon = state.daemon
      if (isOther) this.#recall(state.daemon)
    }
    const face: NotifierFace = state.kind === 'there' ? faceOf(state.daemon.traits) : state
    if (JSON.stringify(face) === JSON.stringify(this.#face)) return
    this.#face = face
    this.#faces.publish(face)
  }

  /** Takes up what an earlier start of the app, or an earlier connection to this bus, had this daemon show. */
  #recall(daemon: Daemon): void {
    this.#shown.clear()
    for (const [id, shown] of this.#memory?.read(lastingName(daemon)) ?? []) this.#shown.set(id, shown)
    const unwanted = [...this.#unwanted]
    this.#unwanted.clear()
    for (const id of unwanted) this.close(id)
  }

  #remember(daemon: Daemon): void {
    this.#memory?.write(lastingName(daemon), this.#shown)
  }

  #hear(signal: BusSignal): void {
    if (this.#daemon === null || !isFrom(this.#daemon, signal)) return
    const heard = daemonSignal(signal.member, signal.body)
    if (heard === null) return
    const found = [...this.#shown].find(([, shown]) => shown.id === heard.id)
    if (found === undefined) return
    const [id, shown] = found
    if (heard.kind === 'closed') {
      this.#shown.delete(id)
      this.#remember(this.#daemon)
    } else if (heard.act === 'open' || shown.acts.includes(heard.act)) this.#acts.publish([id, heard.act])
  }
}

/** Nothing to do where it fails: the notice or its daemon is gone. */
function takeBack(daemon: Daemon, id: number): void {
  callDaemon(daemon, 'CloseNotification', 'u', [id]).catch(() => undefined)
}
