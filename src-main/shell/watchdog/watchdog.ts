import { beatMs, type Blind } from '../../core/watchdog.ts'
import type { BlindRecord } from '../../services/alerts/blind-record.ts'
import type { Connections } from '../../services/connections.ts'
import type { Clock, Log } from '../../services/ports.ts'
import { lineOf, recordedLine, type Hello } from './lines.ts'
import type { WatchdogProcess } from './process.ts'

export interface WatchdogOptions {
  readonly connections: Pick<Connections, 'servers' | 'onChange'>
  readonly clock: Clock
  readonly record: BlindRecord
  readonly hello: Hello
  readonly startProcess: () => WatchdogProcess
  readonly log: Log
  /** Times in which Standby did not watch, each once, oldest first. They are forgotten when it returns. */
  readonly onBlind: (blinds: readonly Blind[]) => void
}

/** A watchdog that ended by itself is started again, but not sooner than this after its start. */
const restartMs = 60_000
const graceMs = 1_500

/**
 * Standby's side of its watchdog: has one run while there is a server to watch, the demo alone is no reason, and gives it
 * a sign of life from a timer, so that a process that hangs gives none.
 */
export class Watchdog {
  readonly #options: WatchdogOptions
  #process: WatchdogProcess | null = null
  /** Was told to go, and has not gone yet. */
  #isDismissed = false
  #isStopped = false
  #startedMs = -Infinity
  #notBeforeMs = -Infinity
  #stopBeats = (): void => undefined
  #stopWaiting = (): void => undefined
  #stopGrace = (): void => undefined
  #stopListening = (): void => undefined

  constructor(options: WatchdogOptions) {
    this.#options = options
  }

  start(): void {
    this.#stopListening = this.#options.connections.onChange(() => this.#settle())
    this.#handOut()
    this.#settle()
  }

  /** The watchdog goes without a word. */
  stop(): void {
    this.#isStopped = true
    this.#stopListening()
    this.#settle()
  }

  #handOut(): void {
    const { record, clock, onBlind } = this.#options
    record.take(clock.now(), onBlind)
  }

  #isWanted(): boolean {
    return !this.#isStopped && this.#options.connections.servers().some(({ isDemo }) => !isDemo)
  }

  #settle(): void {
    const { clock } = this.#options
    this.#stopWaiting()
    const isWanted = this.#isWanted()
    if (this.#process !== null) {
      if (!isWanted) this.#dismiss(this.#process)
      return
    }
    if (!isWanted) return
    const waitMs = this.#notBeforeMs - clock.monotonicMs()
    if (waitMs > 0) this.#stopWaiting = clock.after(waitMs, () => this.#settle())
    else this.#launch()
  }

  #launch(): void {
    const { clock, hello, startProcess, log } = this.#options
    this.#startedMs = clock.monotonicMs()
    const started = startProcess()
    this.#process = started
    started.onLine((line) => {
      if (line === recordedLine) this.#handOut()
    })
    started.onGone((why) => this.#gone(why))
    started.say(lineOf({ kind: 'hello', hello }))
    this.#beatLater(started)
    log('the watchdog was started')
  }

  #beatLater(running: WatchdogProcess): void {
    this.#stopBeats = this.#options.clock.after(beatMs, () => {
      running.say(lineOf({ kind: 'beat' }))
      this.#beatLater(running)
    })
  }

  #dismiss(running: WatchdogProcess): void {
    if (this.#isDismissed) return
    this.#isDismissed = true
    this.#stopBeats()
    running.say(lineOf({ kind: 'bye' }))
    this.#stopGrace = this.#options.clock.after(graceMs, () => running.kill())
  }

  #gone(why: string): void {
    this.#stopBeats()
    this.#stopGrace()
    const isExpected = this.#isDismissed
    this.#process = null
    this.#isDismissed = false
    if (this.#isStopped) return
    if (!isExpected) {
      this.#options.log(`the watchdog ended by itself: ${why}`)
      this.#notBeforeMs = this.#startedMs + restartMs
      // What it did not live to finish.
      this.#handOut()
    }
    this.#settle()
  }
}
