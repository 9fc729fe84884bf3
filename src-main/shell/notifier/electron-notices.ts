import type { Notification, NotificationConstructorOptions } from 'electron'
import { Topic } from '../../services/live-view.ts'
import type { Clock, Notice, NoticeAct, Notifier, NotifierFace } from '../../services/ports.ts'
import { actLabels } from './act-labels.ts'
import { lateFailure, noDaemonFailure, patienceMs, reasons, refusedFailure } from './notice-faults.ts'
import { within } from './patience.ts'

export interface ElectronNoticesOptions {
  readonly clock: Clock
  readonly platform: NodeJS.Platform
  readonly isSupported: () => boolean
  readonly make: (options: NotificationConstructorOptions) => Notification
}

const servers: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'Notification Centre',
  win32: 'Windows notifications'
}

/** Notices by Electron's own class: macOS shows its buttons, the other systems do not. */
export class ElectronNotices implements Notifier {
  readonly #options: ElectronNoticesOptions
  readonly #acts = new Topic<readonly [noticeId: string, act: NoticeAct]>()
  /**
   * By `noticeId`, until taken back or replaced, even after the system says that it closed: Windows means by that its move
   * to the list of the missed, where it can still be clicked. One that is collected as garbage tells no more of clicks.
   */
  readonly #shown = new Map<string, Notification>()
  readonly #face: NotifierFace

  constructor(options: ElectronNoticesOptions) {
    this.#options = options
    const { platform } = options
    this.#face = options.isSupported()
      ? { kind: platform === 'darwin' ? 'buttons' : 'plain', server: servers[platform] ?? 'Electron' }
      : { kind: 'none', why: platform === 'linux' ? reasons.noBus : reasons.unsupported }
  }

  face(): NotifierFace {
    return this.#face
  }

  /** Nothing to tell: what the system can do stays the same while the app runs. */
  onFace(): () => void {
    return () => undefined
  }

  async show(notice: Notice): Promise<void> {
    if (this.#face.kind === 'none') throw noDaemonFailure(this.#face.why)
    const { noticeId, acts, urgency } = notice
    this.close(noticeId)
    const notification = this.#options.make({
      title: notice.title,
      body: notice.body,
      silent: !notice.hasSound,
      urgency,
      timeoutType: urgency === 'critical' ? 'never' : 'default',
      actions: this.#face.kind === 'buttons' ? acts.map((act) => ({ type: 'button', text: actLabels[act] })) : []
    })
    this.#shown.set(noticeId, notification)
    notification.on('click', () => this.#acts.publish([noticeId, 'open']))
    // The index is deprecated, but Electron 33 knows no other form.
    notification.on('action', (_event, index) => {
      const act = acts[index]
      if (act !== undefined) this.#acts.publish([noticeId, act])
    })
    try {
      await within(this.#options.clock, patienceMs, taken(notification), () => lateFailure(reasons.silent))
    } catch (error) {
      if (this.#shown.get(noticeId) === notification) this.close(noticeId)
      throw refusedFailure(error)
    }
  }

  close(noticeId: string): void {
    const notification = this.#shown.get(noticeId)
    this.#shown.delete(noticeId)
    notification?.close()
  }

  onAct(listener: (noticeId: string, act: NoticeAct) => void): () => void {
    return this.#acts.subscribe(([id, act]) => listener(id, act))
  }
}

function taken(notification: Notification): Promise<void> {
  return new Promise((resolve, reject) => {
    notification.once('show', () => resolve())
    notification.once('failed', (_event, error) => reject(new Error(error)))
    notification.show()
  })
}
