import {
  alertLimits,
  type Alert,
  type AlertRef,
  type AlertsView,
  type PastAlert,
  type SilenceDraft,
  type SnoozeArgs
} from '../../contract/alerts.ts'
import type { Mark } from '../../contract/marks.ts'
import type { Settings } from '../../contract/settings.ts'
import { AlertBook } from '../../core/alerts/book.ts'
import type { Page } from '../../core/alerts/groups.ts'
import type { Instance } from '../../core/alerts/instance.ts'
import { isSilencing } from '../../core/alerts/muting.ts'
import { Failure } from '../../core/failure.ts'
import type { OutboxChange } from '../../core/webhooks/outbox.ts'
import type { Connections } from '../connections.ts'
import { Topic, type LiveView } from '../live-view.ts'
import type { Clock, Log, Notifier } from '../ports.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'
import { AlertViews } from './alert-views.ts'
import { Notices } from './notices.ts'
import { Outgoing } from './outgoing.ts'
import { AlertPolicy, checkEnd } from './policy.ts'
import type { AlertSource } from './source.ts'
import type { AlertStore } from './store.ts'

export interface AlertsOptions {
  readonly connections: Connections
  readonly source: AlertSource
  /** A flag for the chart of a server. */
  readonly mark: (serverId: string, mark: Mark) => void
  readonly store: AlertStore
  /** Whether what a server's alerts come to is kept between starts: the demo's is not. */
  readonly isKept: (serverId: string) => boolean
  readonly notifier: Notifier
  /** Which notices make a sound. */
  readonly sound: () => Settings['sound']
  /** Told beside the desktop; never of what is not kept. */
  readonly webhooks: Webhooks
  readonly clock: Clock
  readonly log: Log
  /** Somebody clicked on a notice; `null` for one that is about no alert any more. */
  readonly onOpen: (alertId: string | null) => void
}

/** How often what follows from time alone is looked for: ends of snoozes and silences, and telling again. */
const tickMs = 5_000
const shownPast = 200
const hourMs = 3_600_000

/** Watches all servers by the rules there are: keeps the state of every alert, and sees to it that somebody is told. */
export class Alerts {
  readonly #options: AlertsOptions
  readonly policy: AlertPolicy
  readonly #book: AlertBook
  readonly #notices: Notices
  readonly #views: AlertViews
  readonly #outgoing: Outgoing
  readonly #changed = new Topic<AlertsView>()
  #past: readonly PastAlert[]
  #stops: (() => void)[] = []
  #takeBackTick: () => void = () => undefined

  constructor(options: AlertsOptions) {
    const { store, notifier, sound, clock, log, connections } = options
    this.#options = options
    this.#views = new AlertViews(connections)
    this.#outgoing = new Outgoing({ webhooks: options.webhooks, views: this.#views, isKept: options.isKept })
    this.policy = new AlertPolicy(store, () => clock.now())
    const known = new Set(connections.servers().map(({ serverId }) => serverId))
    const kept = store.alerts()
    this.#book = new AlertBook(this.policy.rules, kept)
    for (const { serverId } of kept) if (!known.has(serverId)) this.#book.forget(serverId)
    this.#book.silence(this.policy.silences)
    this.#past = store.past(shownPast)
    this.#notices = new Notices({
      kept: store.notices().filter(({ serverId }) => known.has(serverId)),
      notifier,
      sound,
      clock,
      log,
      alerts: () => this.#alerts(),
      onShown: () => this.#keep(new Map(), []),
      onFace: () => this.#publish()
    })
  }

  start(): void {
    const { source, notifier } = this.#options
    this.#stops = [
      source.onNews(({ serverId, isGone }) => {
        if (isGone) this.#book.forget(serverId)
        else this.#look(serverId)
        this.#settle()
      }),
      this.policy.onChange((what) => {
        if (what === 'silences') this.#book.silence(this.policy.silences)
        else {
          this.#book.rule(this.policy.rules)
          this.#lookAtAll()
        }
        this.#settle()
      }),
      notifier.onAct((noticeId, act) => {
        const alertIds = this.#notices.about(noticeId)
        const nowMs = this.#options.clock.now()
        for (const alertId of alertIds.filter((one) => this.#isTold(one, nowMs))) {
          if (act === 'acknowledge') this.#book.acknowledge(alertId, nowMs)
          if (act === 'snooze') this.#book.snooze(alertId, nowMs + hourMs, nowMs)
        }
        if (act === 'open') this.#options.onOpen(alertIds[0] ?? null)
        else this.#settle()
      })
    ]
    this.#notices.tell(this.#notices.groups)
    this.#options.webhooks.start()
    this.#tick()
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
    this.#takeBackTick()
    this.#notices.stop()
    this.#options.webhooks.stop()
    this.#options.store.close()
  }

  /** Since when a notice is due that the desktop has not taken. */
  noticeWaitingSinceMs(): number | null {
    return this.#notices.waitingSinceMs
  }

  watch(): LiveView<AlertsView, AlertsView> {
    return { snapshot: () => this.view(), subscribe: (push) => this.#changed.subscribe(push) }
  }

  view(): AlertsView {
    const nowMs = this.#options.clock.now()
    return {
      alerts: this.#alerts(),
      past: this.#past,
      rules: this.policy.rules,
      silences: this.policy.silences.filter(({ untilMs }) => untilMs > nowMs).toSorted((a, b) => a.untilMs - b.untilMs),
      delivery: this.#notices.delivery,
      trouble: this.#options.store.trouble
    }
  }

  /** Throws `missing` for an alert that does not fire any more. */
  acknowledge(alertId: string): void {
    this.#firing(alertId)
    this.#book.acknowledge(alertId, this.#options.clock.now())
    this.#settle()
  }

  unacknowledge(alertId: string): void {
    this.#firing(alertId)
    this.#book.unacknowledge(alertId, this.#options.clock.now())
    this.#settle()
  }

  /** Throws `missing` for an alert that does not fire any more, and `invalid` for an end that is past or too far off. */
  snooze({ alertId, untilMs }: SnoozeArgs): void {
    const nowMs = this.#options.clock.now()
    checkEnd(nowMs, untilMs, alertLimits.snoozeMs)
    const alertIds = alertId === null ? this.#firingIds() : [this.#firing(alertId).alertId]
    for (const one of alertIds) this.#book.snooze(one, untilMs, nowMs)
    this.#settle()
  }

  unsnooze(alertId: string): void {
    this.#firing(alertId)
    this.#book.unsnooze(alertId, this.#options.clock.now())
    this.#settle()
  }

  /** Throws `missing` for an alert that neither fires nor is about to. */
  runbookUrl(alertId: string): string {
    const alert = this.#alerts().find((one) => one.alertId === alertId)
    if (alert !== undefined) return alert.rule.runbookUrl
    throw new Failure({ code: 'missing', message: 'This alert is over: its rule names the runbook.' })
  }

  /** Which of the alerts that fire or are about to a silence would mute, whenever it is. */
  preview(draft: SilenceDraft): readonly AlertRef[] {
    return this.#alerts().flatMap(({ alertId, rule: { ruleId }, serverId, subject }) => {
      return isSilencing(draft, { ruleId, serverId, subject }) ? [{ alertId }] : []
    })
  }

  #tick(): void {
    this.#takeBackTick = this.#options.clock.after(tickMs, () => this.#tick())
    this.#lookAtAll()
    this.#settle()
  }

  #lookAtAll(): void {
    for (const serverId of this.#options.source.serverIds()) this.#look(serverId)
  }

  #look(serverId: string): void {
    const { evidence, isWatched } = this.#options.source.look(serverId)
    this.#book.observe(serverId, evidence)
    this.#book.retain(serverId, isWatched)
  }

  /**
   * Decides who must be told, keeps all of it, and only then hands it to the desktop and the webhooks: a crash repeats,
   * and loses nothing.
   */
  #settle(): void {
    const { source, clock, mark, webhooks } = this.#options
    const nowMs = clock.now()
    const pages: Page[] = []
    for (const due of this.#book.due(nowMs)) {
      const { instance, rule, reason } = due
      const { alertId, serverId, severity } = instance
      // What nobody looks at may be over: it is told once somebody does again.
      if (severity === null || source.isBlind(serverId)) continue
      pages.push({ alertId, serverId, severity, reason })
      this.#outgoing.fires(due, nowMs)
      this.#book.tell(alertId, nowMs)
      const text = this.#views.title(instance, rule)
      if (reason === 'new') mark(serverId, { atMs: nowMs, kind: 'alert', text })
    }
    const before = this.#notices.groups
    const hasNotices = this.#notices.change(pages, (alertId) => this.#isWanted(alertId, nowMs), nowMs)
    const past = this.#book.takenOver().map((over) => {
      const own = this.#views.past(over)
      this.#outgoing.isOver(over, own, this.#book.mutedBy(over.instance, nowMs), nowMs)
      return own
    })
    // What resolved is news; what fires and is muted is not.
    webhooks.mute((alertId) => this.#book.get(alertId)?.severity != null && !this.#isWanted(alertId, nowMs))
    const outbox = webhooks.taken()
    const changed = this.#book.taken()
    this.#past = [...past, ...this.#past].slice(0, shownPast)
    const isNews = hasNotices || changed.size > 0 || past.length > 0
    if (isNews || outbox.size > 0) this.#keep(changed, past, outbox)
    this.#notices.tell(before)
    webhooks.go()
    if (isNews) this.#publish()
  }

  #keep(
    alerts: ReadonlyMap<string, Instance | null>,
    past: readonly PastAlert[],
    outbox: OutboxChange = new Map()
  ): void {
    const { store, isKept } = this.#options
    store.keep({
      outbox,
      alerts: new Map([...alerts].filter(([, instance]) => instance === null || isKept(instance.serverId))),
      notices: this.#notices.groups.filter(({ serverId }) => isKept(serverId)),
      past: past.filter(({ serverId }) => isKept(serverId))
    })
  }

  /** Whether a notice is to say so: not of what resolved, and nobody is told of what is muted. */
  #isTold(alertId: string, nowMs: number): boolean {
    const instance = this.#book.get(alertId)
    return instance !== null && instance.severity !== null && this.#book.mutedBy(instance, nowMs) === null
  }

  /** Whether a notice stays: what a server that is down mutes was told, and stays true for all that is known. */
  #isWanted(alertId: string, nowMs: number): boolean {
    const instance = this.#book.get(alertId)
    if (instance?.severity == null) return false
    const muted = this.#book.mutedBy(instance, nowMs)
    return muted === null || muted.kind === 'server-down'
  }

  #alerts(): readonly Alert[] {
    const nowMs = this.#options.clock.now()
    const alerts = this.#book.all().flatMap(({ instance, rule }) => {
      return this.#views.alert(instance, rule, this.#book.mutedBy(instance, nowMs)) ?? []
    })
    return alerts.sort((a, b) => gravity(a) - gravity(b) || b.sinceMs - a.sinceMs)
  }

  #firing(alertId: string): Instance {
    const instance = this.#book.get(alertId)
    if (instance !== null && instance.severity !== null) return instance
    throw new Failure({ code: 'missing', message: 'This alert does not fire any more: it resolved meanwhile.' })
  }

  #firingIds(): readonly string[] {
    return this.#book.all().flatMap(({ instance }) => (instance.severity === null ? [] : [instance.alertId]))
  }

  #publish(): void {
    this.#changed.publish(this.view())
  }
}

function gravity({ state, severity, mutedBy }: Alert): number {
  return (mutedBy === null ? 0 : 4) + (state === 'firing' ? 0 : 2) + (severity === 'critical' ? 0 : 1)
}
