import { randomUUID } from 'node:crypto'
import {
  alertLimits,
  type Alert,
  type AlertRef,
  type AlertsView,
  type PastAlert,
  type Rule,
  type Silence,
  type SilenceDraft,
  type SnoozeArgs
} from '../../contract/alerts.ts'
import type { Mark } from '../../contract/marks.ts'
import { AlertBook } from '../../core/alerts/book.ts'
import { defaultRules } from '../../core/alerts/default-rules.ts'
import { grouped, pruned, type Group } from '../../core/alerts/groups.ts'
import type { Instance } from '../../core/alerts/instance.ts'
import { isSilencing } from '../../core/alerts/muting.ts'
import { noticeBody, noticeTitle } from '../../core/alerts/words.ts'
import { Failure } from '../../core/failure.ts'
import type { Connections } from '../connections.ts'
import { Topic, type LiveView } from '../live-view.ts'
import type { Clock, Log, Notice, Notifier } from '../ports.ts'
import { AlertViews } from './alert-views.ts'
import { DesktopDelivery } from './delivery.ts'
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
  readonly clock: Clock
  readonly log: Log
  /** Somebody clicked on a notice of these alerts. */
  readonly onOpen: (alertId: string) => void
}

/** How often what follows from time alone is looked for: ends of snoozes and silences, and telling again. */
const tickMs = 5_000
const shownPast = 200
const hourMs = 3_600_000

/** Watches all servers by the rules there are: keeps the state of every alert, and sees to it that somebody is told. */
export class Alerts {
  readonly #options: AlertsOptions
  readonly #book: AlertBook
  readonly #delivery: DesktopDelivery
  readonly #views: AlertViews
  readonly #changed = new Topic<AlertsView>()
  #rules: readonly Rule[]
  #silences: readonly Silence[]
  #notices: readonly Group[]
  #past: readonly PastAlert[]
  #stops: (() => void)[] = []
  #takeBackTick: () => void = () => undefined

  constructor(options: AlertsOptions) {
    const { store, notifier, clock, log, connections } = options
    this.#options = options
    this.#views = new AlertViews(connections)
    this.#rules = store.rules() ?? defaultRules
    this.#silences = store.silences()
    const known = new Set(connections.servers().map(({ serverId }) => serverId))
    const kept = store.alerts()
    this.#book = new AlertBook(this.#rules, kept)
    for (const { serverId } of kept) if (!known.has(serverId)) this.#book.forget(serverId)
    this.#book.silence(this.#silences)
    this.#notices = store.notices().filter(({ serverId }) => known.has(serverId))
    this.#past = store.past(shownPast)
    this.#delivery = new DesktopDelivery({
      notifier,
      clock,
      log,
      noticeOf: (noticeId) => this.#noticeOf(noticeId),
      onShown: (noticeId) => this.#shown(noticeId),
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
      notifier.onAct((noticeId, act) => {
        const alertIds = this.#notices.find((notice) => notice.noticeId === noticeId)?.alertIds ?? []
        const nowMs = this.#options.clock.now()
        for (const alertId of alertIds.filter((one) => this.#isTold(one, nowMs))) {
          if (act === 'acknowledge') this.#book.acknowledge(alertId, nowMs)
          if (act === 'snooze') this.#book.snooze(alertId, nowMs + hourMs, nowMs)
        }
        if (act === 'open') this.#options.onOpen(alertIds[0] ?? '')
        else this.#settle()
      })
    ]
    for (const { noticeId, isDue } of this.#notices) if (isDue) this.#delivery.send(noticeId)
    this.#tick()
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
    this.#takeBackTick()
    this.#delivery.stop()
    this.#options.store.close()
  }

  watch(): LiveView<AlertsView, AlertsView> {
    return { snapshot: () => this.view(), subscribe: (push) => this.#changed.subscribe(push) }
  }

  view(): AlertsView {
    const nowMs = this.#options.clock.now()
    const alerts = this.#book.all().flatMap(({ instance, rule }) => {
      return this.#views.alert(instance, rule, this.#book.mutedBy(instance, nowMs)) ?? []
    })
    return {
      alerts: alerts.sort((a, b) => gravity(a) - gravity(b) || b.sinceMs - a.sinceMs),
      past: this.#past,
      rules: this.#rules,
      silences: this.#silences.filter(({ untilMs }) => untilMs > nowMs).toSorted((a, b) => a.untilMs - b.untilMs),
      delivery: this.#delivery.delivery,
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

  /** Which of the alerts that fire or are about to a silence would mute, whenever it is. */
  preview(draft: SilenceDraft): readonly AlertRef[] {
    return this.view().alerts.flatMap(({ alertId, rule: { ruleId }, serverId, subject }) => {
      return isSilencing(draft, { ruleId, serverId, subject }) ? [{ alertId }] : []
    })
  }

  silence(draft: SilenceDraft): Silence {
    const nowMs = this.#options.clock.now()
    checkEnd(Math.max(nowMs, draft.fromMs), draft.untilMs, alertLimits.silenceMs)
    const silence: Silence = { ...draft, silenceId: randomUUID() }
    this.#keepSilences([...this.#silences.filter(({ untilMs }) => untilMs > nowMs), silence])
    return silence
  }

  /** Ends a silence now; what it muted and still fires is told. */
  unsilence(silenceId: string): void {
    this.#keepSilences(this.#silences.filter((one) => one.silenceId !== silenceId))
  }

  saveRule(rule: Rule): void {
    if (rule.warning === null && rule.critical === null)
      throw new Failure({
        code: 'invalid',
        field: 'critical',
        message: 'A rule without a level never fires. Give it a warning or a critical level.'
      })
    const isKnown = this.#rules.some(({ ruleId }) => ruleId === rule.ruleId)
    this.#keepRules(
      isKnown ? this.#rules.map((one) => (one.ruleId === rule.ruleId ? rule : one)) : [...this.#rules, rule]
    )
  }

  deleteRule(ruleId: string): void {
    this.#keepRules(this.#rules.filter((rule) => rule.ruleId !== ruleId))
  }

  /** Puts these rules in the place of all there are. */
  replaceRules(rules: readonly Rule[]): void {
    this.#keepRules(rules)
  }

  #keepRules(rules: readonly Rule[]): void {
    this.#rules = rules
    this.#options.store.writeRules(rules)
    this.#book.rule(rules)
    for (const serverId of this.#options.source.serverIds()) this.#look(serverId)
    this.#settle()
  }

  #keepSilences(silences: readonly Silence[]): void {
    this.#silences = silences
    this.#options.store.writeSilences(silences)
    this.#book.silence(silences)
    this.#settle()
  }

  #tick(): void {
    this.#takeBackTick = this.#options.clock.after(tickMs, () => this.#tick())
    for (const serverId of this.#options.source.serverIds()) this.#look(serverId)
    this.#settle()
  }

  #look(serverId: string): void {
    const { evidence, isWatched } = this.#options.source.look(serverId)
    this.#book.observe(serverId, evidence)
    this.#book.retain(serverId, isWatched)
  }

  /** Decides who must be told, keeps all of it, and only then hands it to the desktop: a crash repeats, and loses nothing. */
  #settle(): void {
    const { clock, mark } = this.#options
    const nowMs = clock.now()
    const before = this.#notices
    let notices: readonly Group[] = before
    for (const { instance, rule, reason } of this.#book.due(nowMs)) {
      const { alertId, serverId, severity } = instance
      if (severity === null) continue
      notices = grouped(notices, { alertId, serverId, severity, reason }, nowMs, randomUUID)
      this.#book.tell(alertId, nowMs)
      const text = this.#views.title(instance, rule)
      if (reason === 'new') mark(serverId, { atMs: nowMs, kind: 'alert', text })
    }
    notices = pruned(notices, (alertId) => this.#isWanted(alertId, nowMs))
    const past = this.#book.takenOver().map((over) => this.#views.past(over))
    const alerts = this.#book.taken()
    const isSame = notices.length === before.length && notices.every((notice, index) => notice === before[index])
    this.#notices = notices
    if (!isSame || alerts.size > 0 || past.length > 0) this.#tellChanges(before, alerts, past)
    for (const { noticeId, isDue } of notices) if (isDue) this.#delivery.remind(noticeId)
  }

  #tellChanges(
    before: readonly Group[],
    alerts: ReadonlyMap<string, Instance | null>,
    past: readonly PastAlert[]
  ): void {
    this.#past = [...past, ...this.#past].slice(0, shownPast)
    this.#keep(alerts, past)
    for (const { noticeId } of before) {
      if (!this.#notices.some((notice) => notice.noticeId === noticeId)) this.#delivery.close(noticeId)
    }
    for (const notice of this.#notices)
      if (notice.isDue && !before.includes(notice)) this.#delivery.send(notice.noticeId)
    this.#publish()
  }

  #keep(alerts: ReadonlyMap<string, Instance | null>, past: readonly PastAlert[]): void {
    const { store, isKept } = this.#options
    store.keep({
      alerts: new Map([...alerts].filter(([, instance]) => instance === null || isKept(instance.serverId))),
      notices: this.#notices.filter(({ serverId }) => isKept(serverId)),
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

  #noticeOf(noticeId: string): Notice | null {
    const group = this.#notices.find((one) => one.noticeId === noticeId)
    if (group === undefined) return null
    const alerts = this.view().alerts.filter(({ alertId, mutedBy }) => {
      return mutedBy === null && group.alertIds.includes(alertId)
    })
    if (alerts.length === 0) return null
    const isCritical = alerts.some(({ severity }) => severity === 'critical')
    return {
      noticeId,
      title: noticeTitle(alerts, group.reason),
      body: noticeBody(alerts),
      urgency: isCritical ? 'critical' : 'normal',
      hasSound: isCritical,
      acts: ['acknowledge', 'snooze', 'open']
    }
  }

  #shown(noticeId: string): void {
    // It says more by now than what was just shown.
    if (this.#delivery.owes(noticeId)) return
    this.#notices = this.#notices.map((one) => (one.noticeId === noticeId ? { ...one, isDue: false } : one))
    this.#keep(new Map(), [])
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

function checkEnd(fromMs: number, untilMs: number, mostMs: number): void {
  if (untilMs <= fromMs) throw new Failure({ code: 'invalid', field: 'untilMs', message: 'This end is past already.' })
  if (untilMs - fromMs > mostMs)
    throw new Failure({
      code: 'invalid',
      field: 'untilMs',
      message: `This is too long: it may last ${mostMs / (24 * hourMs)} days at most.`
    })
}
