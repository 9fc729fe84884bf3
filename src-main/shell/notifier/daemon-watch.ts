import { Topic } from '../../services/live-view.ts'
import type { Clock } from '../../services/ports.ts'
import { BusError, openBus, type Bus, type BusSignal } from './bus.ts'
import { callDaemon, daemonName, type Daemon } from './daemon.ts'
import { daemonTraits } from './daemon-replies.ts'
import { noDaemonFailure, patienceMs, reasons } from './notice-faults.ts'
import { within } from './patience.ts'

export type DaemonState =
  { readonly kind: 'there'; readonly daemon: Daemon } | { readonly kind: 'none'; readonly why: string }

export interface DaemonWatchOptions {
  readonly clock: Clock
  /** Of the session's bus. */
  readonly address: string
}

/** What the bus tells by itself comes at once; this is for a bus that came back and a daemon that forgot a call. */
const lookAgainMs = 60_000
/** A desktop that starts its daemon on demand needs longer for that than for an answer. */
const startMs = 20_000

const rules = [
  `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${daemonName}'`,
  `type='signal',sender='${daemonName}',interface='${daemonName}'`
]

/** Keeps an eye on who shows notices in this session: nobody, a daemon, one that hangs, the next one. */
export class DaemonWatch {
  readonly #options: DaemonWatchOptions
  readonly #changed = new Topic<DaemonState>()
  readonly #signals = new Topic<BusSignal>()
  #state: DaemonState = { kind: 'none', why: reasons.looking }
  #bus: Promise<Bus> | null = null
  /** The look that counts; one that was overtaken by news from the bus may still be under way. */
  #looking: Promise<Daemon> | null = null
  #stopTimer = (): void => undefined
  #isStopped = false

  constructor(options: DaemonWatchOptions) {
    this.#options = options
  }

  start(): void {
    this.#lookAfresh()
  }

  stop(): void {
    this.#isStopped = true
    this.#stopTimer()
    this.#bus?.then((bus) => bus.close()).catch(() => undefined)
  }

  state(): DaemonState {
    return this.#state
  }

  onState(listener: (state: DaemonState) => void): () => void {
    return this.#changed.subscribe(listener)
  }

  /** Signals of the bus and of whoever is on it. */
  onSignal(listener: (signal: BusSignal) => void): () => void {
    return this.#signals.subscribe(listener)
  }

  /** The daemon, looked for where none is known. Rejects with a `Failure`; may take longer than anyone waits. */
  reach(): Promise<Daemon> {
    return this.#state.kind === 'there' ? Promise.resolve(this.#state.daemon) : this.#look()
  }

  /** The daemon owes `answer` for too long: there is none, until that comes or another daemon does. */
  owes(daemon: Daemon, answer: Promise<unknown>): void {
    if (this.#state.kind !== 'there' || this.#state.daemon !== daemon) return
    this.#say({ kind: 'none', why: reasons.silent })
    this.#lookOnce(answer)
  }

  /** When `answer` has come, be it an error: whoever gave it answers again. */
  #lookOnce(answer: Promise<unknown>): void {
    const again = (): void => {
      if (this.#state.kind === 'none') this.#lookAfresh()
    }
    answer.then(again, again)
  }

  #lookAfresh(): void {
    this.#looking = null
    // What it finds is told by the state.
    this.#look().catch(() => undefined)
  }

  #look(): Promise<Daemon> {
    if (this.#isStopped) return Promise.reject(noDaemonFailure(reasons.noDaemon))
    if (this.#looking !== null) return this.#looking
    const looking: Promise<Daemon> = this.#find().then((found) => {
      if (this.#looking !== looking) return this.reach()
      this.#looking = null
      this.#say(found)
      if (found.kind === 'none') throw noDaemonFailure(found.why)
      return found.daemon
    })
    this.#looking = looking
    return looking
  }

  async #find(): Promise<DaemonState> {
    let bus: Bus
    try {
      this.#bus ??= this.#connect()
      bus = await this.#bus
    } catch {
      this.#bus = null
      return { kind: 'none', why: reasons.noBus }
    }
    try {
      const owner = await this.#answered(ownerOf(bus))
      if (owner !== null) return await this.#meet(bus, owner)
      await within(this.#options.clock, startMs, bus.ask('StartServiceByName', 'su', daemonName, 0), late)
      const started = await this.#answered(ownerOf(bus))
      if (started !== null) return await this.#meet(bus, started)
    } catch {
      // Nobody who could be started, or gone while it was asked: the next look is another.
    }
    return { kind: 'none', why: reasons.noDaemon }
  }

  async #meet(bus: Bus, owner: string): Promise<DaemonState> {
    const answers = Promise.all([
      bus.ask('GetId', ''),
      callDaemon({ bus, owner }, 'GetCapabilities').catch(unsaid),
      callDaemon({ bus, owner }, 'GetServerInformation').catch(unsaid)
    ])
    let isLate = false
    const [id, capabilities, information] = await this.#answered(answers, () => {
      isLate = true
      return late()
    }).catch((error: unknown) => {
      if (!isLate) throw error
      return [null, null, null]
    })
    if (id === null || capabilities === null || information === null) {
      this.#lookOnce(answers)
      return { kind: 'none', why: reasons.silent }
    }
    return {
      kind: 'there',
      daemon: { bus, owner, busId: String(id[0]), traits: daemonTraits(capabilities, information) }
    }
  }

  async #connect(): Promise<Bus> {
    const { clock, address } = this.#options
    const hurry = new AbortController()
    const stop = clock.after(patienceMs, () => hurry.abort(late()))
    const bus = await openBus(address, hurry.signal).finally(stop)
    bus.onSignal((signal) => this.#hear(signal))
    bus.onClose(() => {
      this.#bus = null
      this.#looking = null
      this.#say({ kind: 'none', why: reasons.noBus })
    })
    if (this.#isStopped) bus.close()
    await this.#answered(Promise.all(rules.map((rule) => bus.ask('AddMatch', 's', rule))))
    return bus
  }

  #hear(signal: BusSignal): void {
    const { sender, member, body } = signal
    if (sender !== 'org.freedesktop.DBus') return this.#signals.publish(signal)
    if (member !== 'NameOwnerChanged' || body[0] !== daemonName) return
    // Whatever was being asked was asked of another process.
    this.#looking = null
    this.#say({ kind: 'none', why: body[2] === '' ? reasons.noDaemon : reasons.looking })
    if (body[2] !== '') this.#lookAfresh()
  }

  #answered<Value>(answer: Promise<Value>, tooLate: () => Error = late): Promise<Value> {
    return within(this.#options.clock, patienceMs, answer, tooLate)
  }

  #say(state: DaemonState): void {
    this.#stopTimer()
    if (this.#isStopped) return
    if (state.kind === 'none') {
      this.#stopTimer = this.#options.clock.after(lookAgainMs, () => void this.#look().catch(() => undefined))
    }
    this.#state = state
    this.#changed.publish(state)
  }
}

const late = (): Error => new Error('no answer in time')

async function ownerOf(bus: Bus): Promise<string | null> {
  try {
    const [owner] = await bus.ask('GetNameOwner', 's', daemonName)
    return typeof owner === 'string' ? owner : null
  } catch (error) {
    if (error instanceof BusError) return null
    throw error
  }
}

/** A daemon that answers a question of the specification with an error has said nothing, but it is there. */
function unsaid(error: unknown): readonly unknown[] {
  if (error instanceof BusError && !error.errorName.startsWith('org.freedesktop.DBus.Error.')) return []
  if (error instanceof BusError && error.errorName === 'org.freedesktop.DBus.Error.UnknownMethod') return []
  throw error
}
