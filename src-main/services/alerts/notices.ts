import { randomUUID } from 'node:crypto'
import type { Alert, Delivery } from '../../contract/alerts.ts'
import type { Settings } from '../../contract/settings.ts'
import { grouped, pruned, type Group, type Page } from '../../core/alerts/groups.ts'
import { noticeBody, noticeTitle } from '../../core/alerts/words.ts'
import type { Clock, Log, Notice, NoticeAct, Notifier } from '../ports.ts'
import { DesktopDelivery } from './delivery.ts'

export interface NoticesOptions {
  /** What an earlier run of the app had said, or was about to. */
  readonly kept: readonly Group[]
  readonly notifier: Notifier
  readonly clock: Clock
  readonly log: Log
  /** Those that fire or are about to, as they are now. */
  readonly alerts: () => readonly Alert[]
  /** The desktop took a notice: what is kept of it changed. */
  readonly onShown: () => void
  readonly onFace: () => void
  /** Which of them make a sound. */
  readonly sound: () => Settings['sound']
}

/** What was said to whom sits before the desktop, told together by server, until it is true no more. */
export class Notices {
  readonly #options: NoticesOptions
  readonly #delivery: DesktopDelivery
  #groups: readonly Group[]
  /** What each notice named when it was handed over last. */
  readonly #named = new Map<string, readonly string[]>()

  constructor(options: NoticesOptions) {
    const { kept, notifier, clock, log, onFace } = options
    this.#options = options
    this.#groups = kept
    this.#delivery = new DesktopDelivery({
      notifier,
      clock,
      log,
      noticeOf: (noticeId) => this.#noticeOf(noticeId),
      isWanted: (noticeId) => this.#groups.some((group) => group.noticeId === noticeId),
      onShown: (noticeId) => this.#shown(noticeId),
      onFace
    })
  }

  get groups(): readonly Group[] {
    return this.#groups
  }

  get delivery(): Delivery {
    return this.#delivery.delivery
  }

  /** Since when a notice is due that the desktop has not taken. */
  get waitingSinceMs(): number | null {
    return this.#delivery.waitingSinceMs
  }

  stop(): void {
    this.#delivery.stop()
  }

  /** Groups these pages with what was said, without what is wanted no more; `true` when that changed anything. */
  change(pages: readonly Page[], isWanted: (alertId: string) => boolean, nowMs: number): boolean {
    const before = this.#groups
    const paged = pages.reduce((groups, page) => grouped(groups, page, nowMs, randomUUID), before)
    this.#groups = pruned(paged, isWanted)
    return this.#groups.length !== before.length || this.#groups.some((group, index) => group !== before[index])
  }

  /** Brings the desktop from what it was told before to what is said now; to be called once that is kept. */
  tell(before: readonly Group[]): void {
    for (const { noticeId } of before) {
      if (!this.#groups.some((group) => group.noticeId === noticeId)) this.#close(noticeId)
    }
    for (const group of this.#groups) {
      if (group.dueIds.length === 0) continue
      if (before.includes(group)) this.#delivery.remind(group.noticeId)
      else this.#delivery.send(group.noticeId)
    }
  }

  /** The alerts a notice is about; none for one that is gone. */
  about(noticeId: string): readonly string[] {
    return this.#groups.find((group) => group.noticeId === noticeId)?.alertIds ?? []
  }

  #close(noticeId: string): void {
    this.#named.delete(noticeId)
    this.#delivery.close(noticeId)
  }

  #noticeOf(noticeId: string): Notice | null {
    const group = this.#groups.find((one) => one.noticeId === noticeId)
    const alerts = this.#options.alerts().filter(({ alertId, mutedBy }) => {
      return mutedBy === null && group?.alertIds.includes(alertId)
    })
    // What a server that is down mutes is handed over once it is back.
    if (group === undefined || !alerts.some(({ alertId }) => group.dueIds.includes(alertId))) return null
    const named = alerts.map(({ alertId }) => alertId)
    this.#named.set(noticeId, named)
    const sound = this.#options.sound()
    const isCritical = alerts.some(({ severity }) => severity === 'critical')
    return {
      noticeId,
      title: noticeTitle(alerts, group.reason),
      body: noticeBody(alerts),
      urgency: isCritical ? 'critical' : 'normal',
      hasSound: sound === 'all' || (sound === 'critical' && isCritical),
      acts
    }
  }

  #shown(noticeId: string): void {
    const named = this.#named.get(noticeId) ?? []
    this.#groups = this.#groups.map((one) => {
      if (one.noticeId !== noticeId) return one
      return { ...one, dueIds: one.dueIds.filter((alertId) => !named.includes(alertId)) }
    })
    this.#options.onShown()
  }
}

const acts: readonly NoticeAct[] = ['acknowledge', 'snooze', 'open']
