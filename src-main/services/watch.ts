import type { Settings } from '../contract/settings.ts'
import { longestPauseMs, type Pause, type PauseArgs, type StallKind, type WatchView } from '../contract/watch.ts'
import { clockTime } from '../core/clock-time.ts'
import { isLoopback } from '../core/endpoint.ts'
import { offlineTurn } from '../core/offline-episode.ts'
import { stallsOf, stallsSince, watchOf, type Watched } from '../core/watch.ts'
import { coalesced, type Coalesced } from './coalesced.ts'
import { DesktopDelivery } from './alerts/delivery.ts'
import { checkEnd } from './alerts/policy.ts'
import type { KeptWatch } from './alerts/kept.ts'
import { Topic, type LiveView } from './live-view.ts'
import type { ServerFacts } from './monitor/server-facts.ts'
import type { Poller } from './poller.ts'
import type { Clock, Log, Notice, Notifier, Tray } from './ports.ts'

/** Where the watch keeps what must outlive a restart. */
export interface WatchKeeping {
  watch(): KeptWatch
  writeWatch(watch: KeptWatch): void
  readonly isBehind: boolean
}

export interface WatchOptions {
  readonly poller: Pick<Poller, 'all' | 'onNews' | 'pause' | 'resume'>
  readonly store: WatchKeeping
  /** Since when a notice of an alert is due that the desktop has not taken. */
  readonly noticeWaitingSinceMs: () => number | null
  readonly notifier: Notifier
  readonly tray: Pick<Tray, 'isShown' | 'onShown'>
  readonly settings: () => Settings
  readonly clock: Clock
  readonly log: Log
  /** Nobody watched in this stretch, which was told on this machine. */
  readonly onUnwatched: (span: { readonly fromMs: number; readonly toMs: number }) => void
}

/** How often it is looked whether anything stalls: that nothing comes is told by no news. */
const tickMs = 5_000
const soonMs = 1_000
const offlineNotice = 'watch/offline'
const pauseNotice = 'watch/pause'

/** Watches the watch: whether anybody looks, whether somebody wants that nobody does, and who must be told. */
export class Watch {
  readonly #options: WatchOptions
  readonly #delivery: DesktopDelivery
  readonly #changed = new Topic<WatchView>()
  readonly #notices = new Map<string, Notice>()
  #kept: KeptWatch
  #view: WatchView
  #lastTickMs: number
  #awakeMs = 0
  readonly #soon: Coalesced
  #takeBackTick: () => void = () => undefined
  #stops: (() => void)[] = []

  constructor(options: WatchOptions) {
    const { store, notifier, clock, log } = options
    this.#options = options
    this.#kept = store.watch()
    this.#lastTickMs = clock.monotonicMs()
    this.#delivery = new DesktopDelivery({
      notifier,
      clock,
      log,
      noticeOf: (noticeId) => this.#notices.get(noticeId) ?? null,
      isWanted: (noticeId) => this.#notices.has(noticeId),
      onShown: (noticeId) => this.#shown(noticeId),
      onFace: () => undefined
    })
    // Every server tells of every look at it: all of that is one look here.
    this.#soon = coalesced(clock, soonMs, () => this.#look(options.poller.all()))
    this.#view = watchOf(this.#watched([]), [])
  }

  /** After the poller: a pause that was still on goes on. */
  start(): void {
    const { poller, tray, clock } = this.#options
    const { pause } = this.#kept
    if (pause !== null && isOn(pause, clock.now())) poller.pause()
    else this.#keep({ pause: null })
    this.#stops = [poller.onNews(() => this.#soon.ask()), tray.onShown(() => this.#soon.ask())]
    this.#tick()
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
    this.#takeBackTick()
    this.#soon.stop()
    this.#delivery.stop()
  }

  view(): WatchView {
    return this.#view
  }

  watch(): LiveView<WatchView, WatchView> {
    return { snapshot: () => this.#view, subscribe: (push) => this.#changed.subscribe(push) }
  }

  /** Asks no server anything until then, or until `resume`. Throws `invalid` for an end that is past or too far off. */
  pause({ untilMs }: PauseArgs): void {
    const { poller, clock } = this.#options
    const nowMs = clock.now()
    checkEnd(nowMs, untilMs, longestPauseMs)
    this.#close(pauseNotice)
    this.#keep({ pause: { fromMs: this.#kept.pause?.fromMs ?? nowMs, untilMs } })
    poller.pause()
    this.#look(poller.all())
  }

  resume(): void {
    if (this.#kept.pause === null) return
    const { poller } = this.#options
    this.#keep({ pause: null })
    poller.resume()
    this.#look(poller.all())
  }

  #tick(): void {
    const { clock, poller } = this.#options
    this.#takeBackTick = clock.after(tickMs, () => this.#tick())
    const nowMs = clock.monotonicMs()
    // A machine that slept was not awake, whatever its clock says.
    this.#awakeMs += Math.min(nowMs - this.#lastTickMs, tickMs * 2)
    this.#lastTickMs = nowMs
    this.#endPause()
    const facts = poller.all()
    this.#look(facts)
    this.#followOffline(facts)
  }

  #endPause(): void {
    const { pause } = this.#kept
    if (pause === null || isOn(pause, this.#options.clock.now())) return
    this.resume()
    this.#tell({
      noticeId: pauseNotice,
      title: 'Standby watches again',
      body: `The pause since ${this.#time(pause.fromMs)} is over.`,
      urgency: 'normal'
    })
  }

  #look(facts: readonly ServerFacts[]): void {
    const watched = this.#watched(facts)
    const offlineMs = offlineSince(facts)
    const kinds = stallsOf(watched)
    const began: Partial<Record<StallKind, number | null>> = {
      network: this.#kept.offline?.fromMs ?? offlineMs,
      notifier: watched.noticeWaitingSinceMs
    }
    const stalls = stallsSince(kinds, this.#view.stalls, (kind) => began[kind] ?? watched.nowMs)
    const view = watchOf(watched, stalls)
    if (JSON.stringify(view) === JSON.stringify(this.#view)) return
    this.#view = view
    this.#changed.publish(view)
  }

  #watched(facts: readonly ServerFacts[]): Watched {
    const { store, noticeWaitingSinceMs, tray, clock } = this.#options
    return {
      servers: facts.map(({ verdict, lastSweepAtMs, nextTryAtMs, trouble }) => {
        return { state: verdict.state, lastSweepAtMs, nextTryAtMs, trouble }
      }),
      pause: this.#kept.pause,
      isAlertStoreBehind: store.isBehind,
      noticeWaitingSinceMs: noticeWaitingSinceMs() ?? this.#delivery.waitingSinceMs,
      hasTray: tray.isShown(),
      nowMs: clock.now()
    }
  }

  #followOffline(facts: readonly ServerFacts[]): void {
    const { settings, clock, onUnwatched } = this.#options
    const sinceMs = offlineSince(facts)
    if (sinceMs === null) this.#awakeMs = 0
    const look = { sinceMs, isOnline: isOnline(facts), awakeMs: this.#awakeMs }
    const before = this.#kept.offline
    const { episode, isDue, over } = offlineTurn(before, look, settings().offlineNoticeMs)
    this.#keep({ offline: episode })
    if (isDue && episode !== null && !this.#notices.has(offlineNotice))
      this.#tell({
        noticeId: offlineNotice,
        title: `Not watching since ${this.#time(episode.fromMs)}`,
        body: 'This machine has no network, so no server can be reached. Standby looks for it all the time.',
        urgency: 'critical'
      })
    if (episode === null && before !== null) this.#close(offlineNotice)
    if (over !== null) onUnwatched({ fromMs: over.fromMs, toMs: clock.now() })
  }

  #shown(noticeId: string): void {
    const { offline } = this.#kept
    if (noticeId === offlineNotice && offline !== null) this.#keep({ offline: { ...offline, isTold: true } })
  }

  #tell(notice: Pick<Notice, 'noticeId' | 'title' | 'body' | 'urgency'>): void {
    const { sound } = this.#options.settings()
    const hasSound = sound === 'all' || (sound === 'critical' && notice.urgency === 'critical')
    this.#notices.set(notice.noticeId, { ...notice, hasSound, acts: ['open'] })
    this.#delivery.send(notice.noticeId)
  }

  /** Also one that an earlier run of the app showed. */
  #close(noticeId: string): void {
    this.#notices.delete(noticeId)
    this.#delivery.close(noticeId)
  }

  #keep(change: Partial<KeptWatch>): void {
    const kept = { ...this.#kept, ...change }
    if (JSON.stringify(kept) === JSON.stringify(this.#kept)) return
    this.#kept = kept
    this.#options.store.writeWatch(kept)
  }

  #time(atMs: number): string {
    return clockTime(atMs, this.#options.settings().isUtc)
  }
}

const isOn = ({ fromMs, untilMs }: Pause, nowMs: number): boolean => fromMs <= nowMs && nowMs < untilMs

function offlineSince(facts: readonly ServerFacts[]): number | null {
  const sinces = facts.flatMap(({ verdict, sinceMs }) => (verdict.state === 'offline' ? (sinceMs ?? []) : []))
  return sinces.length === 0 ? null : Math.min(...sinces)
}

/** Whether this machine got through to anybody, or has nobody to get through to. */
function isOnline(facts: readonly ServerFacts[]): boolean {
  const far = facts.filter(({ server }) => !isLoopback(server.endpoint))
  const judged: readonly ServerFacts['verdict']['state'][] = ['live', 'degraded', 'down', 'unauthorised']
  return far.length === 0 || far.some(({ verdict }) => judged.includes(verdict.state))
}
