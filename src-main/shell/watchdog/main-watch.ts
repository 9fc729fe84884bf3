import { assertNever } from '../../core/assert-never.ts'
import { clockTime } from '../../core/clock-time.ts'
import type { ClockLook } from '../../core/sleep.ts'
import {
  blindAfterMs,
  blindBody,
  blindTitle,
  heardFirst,
  lookMs,
  watchStep,
  type Blind,
  type WatchAct,
  type WatchEvent,
  type WatchState
} from '../../core/watchdog.ts'
import type { BlindRecord } from '../../services/alerts/blind-record.ts'
import type { Clock, Notice, Notifier } from '../../services/ports.ts'
import { parseLine, recordedLine, type Command, type Hello, type Identity } from './lines.ts'

export interface MainWatchOptions {
  readonly clock: Clock
  readonly notifier: Notifier
  readonly record: BlindRecord
  readonly isRelieved: (identity: Identity) => boolean
  /** Starts Standby. */
  readonly open: (command: Command) => void
  /** To Standby, which may be gone. */
  readonly say: (line: string) => void
  /** Ends this process. */
  readonly leave: () => void
}

const noticeId = 'watchdog'
const showAgainMs = 30_000
/** A notice that is taken back must reach the desktop before this process ends. */
const lastWordsMs = 500

/** The watchdog's own process: hears whether Standby lives, and tells when it does not. */
export class MainWatch {
  readonly #options: MainWatchOptions
  #hello: Hello | null = null
  #state: WatchState
  readonly #startedMs: number
  #hasEnded = false
  /** What the notice on the desktop is to say; `null` for none. */
  #told: Blind | null = null
  /** Whether it was heard: what changes in it later is no reason to wake anybody again. */
  #isHeard = false

  constructor(options: MainWatchOptions) {
    this.#options = options
    this.#state = heardFirst(this.#now())
    this.#startedMs = options.clock.monotonicMs()
    options.notifier.onAct((id, act) => {
      if (id === noticeId && act === 'open' && this.#told?.kind === 'dead' && this.#hello !== null)
        options.open(this.#hello.command)
    })
  }

  start(): void {
    this.#lookLater()
  }

  /** A line that came from Standby; what it does not say is passed over. */
  hear(text: string): void {
    const line = parseLine(text)
    if (line === null) return
    if (line.kind === 'hello') {
      this.#hello ??= line.hello
      this.#happen('beat')
    } else this.#happen(line.kind)
  }

  /** The line to Standby broke. */
  end(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    // Whoever never said who it is was not Standby.
    if (this.#hello === null) this.#happen('bye')
    else this.#happen('end')
  }

  #lookLater(): void {
    this.#options.clock.after(lookMs, () => {
      this.#look()
      if (this.#state.kind !== 'over') this.#lookLater()
    })
  }

  #look(): void {
    const { clock, isRelieved } = this.#options
    if (this.#hello === null) {
      if (clock.monotonicMs() - this.#startedMs >= blindAfterMs) this.#happen('bye')
      return
    }
    if (this.#hasEnded && isRelieved(this.#hello.identity)) return this.#happen('relieved')
    this.#happen('look')
  }

  #happen(event: WatchEvent): void {
    const { state, acts } = watchStep(this.#state, event, this.#now())
    this.#state = state
    for (const act of acts) this.#act(act)
  }

  #act(act: WatchAct): void {
    const { clock, notifier, record, say, leave } = this.#options
    switch (act.kind) {
      case 'record':
        record.append(act.blind)
        if (act.blind.toMs !== null) say(recordedLine)
        break
      case 'tell':
        this.#told = act.blind
        this.#show(act.blind)
        break
      case 'take-back':
        this.#told = null
        this.#isHeard = false
        notifier.close(noticeId)
        break
      case 'leave':
        clock.after(lastWordsMs, leave)
        break
      default:
        assertNever(act)
    }
  }

  #show(blind: Blind): void {
    const { clock, notifier } = this.#options
    const notice: Notice = {
      noticeId,
      title: blindTitle,
      body: blindBody(blind, (atMs) => clockTime(atMs, false)),
      urgency: 'critical',
      hasSound: !this.#isHeard,
      acts: blind.kind === 'dead' ? ['open'] : []
    }
    const again = (): void => {
      if (this.#told === blind) this.#show(blind)
    }
    notifier.show(notice).then(
      () => (this.#isHeard = this.#told !== null),
      () => clock.after(showAgainMs, again)
    )
  }

  #now(): ClockLook {
    const { clock } = this.#options
    return { atMs: clock.now(), monotonicMs: clock.monotonicMs() }
  }
}
