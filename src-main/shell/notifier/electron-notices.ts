import type { Notification, NotificationConstructorOptions } from 'electron'
import { Failure } from '../../core/failure.ts'
import { Topic } from '../../services/live-view.ts'
import type { Clock, Notice, NoticeAct, Notifier, NotifierFace } from '../../services/ports.ts'
import { actLabels } from './act-labels.ts'
import { lateFailure, noDaemonFailure, patienceMs, reasons } from './notice-faults.ts'
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
  readonly #faces = new Topic<NotifierFace>()
  /** What the system shows once it shows anything. */
  readonly #works: NotifierFace
  #face: NotifierFace

  constructor(options: ElectronNoticesOptions) {
    this.#options = options
    const { platform } = options
    this.#works = { kind: platform === 'darwin' ? 'buttons' : 'plain', server: servers[platform] ?? 'Electron' }
    // On Linux it calls itself supported without anybody to show a notice: it works once it has.
    this.#face = options.isSupported() && platform !== 'linux' ? this.#works : this.#none()
  }

  face(): NotifierFace {
    return this.#face
  }

  onFace(listener: (face: NotifierFace) => void): () => void {
    return this.#faces.subscribe(listener)
  }

  async show(notice: Notice): Promise<void> {
    const none = this.#none()
    if (!this.#options.isSupported()) throw noDaemonFailure(none.why)
    const { noticeId, acts, urgency } = notice
    this.close(noticeId)
    const notification = this.#options.make({
      title: notice.title,
      body: notice.body,
      silent: !notice.hasSound,
      urgency,
      timeoutType: urgency === 'critical' ? 'never' : 'default',
      actions: this.#works.kind === 'buttons' ? acts.map((act) => ({ type: 'button', text: actLabels[act] })) : []
    })
    this.#shown.set(noticeId, notification)
    notification.on('click', () => this.#acts.publish([noticeId, 'open']))
    // The index is deprecated, but Electron 33 knows no other form.
    notification.on('action', (_event, index) => {
      const act = acts[index]
      if (act !== undefined) this.#acts.publish([noticeId, act])
    })
    try {
      await within(this.#options.clock, patienceMs, taken(notification), () => lateFailure(none.why))
      this.#turnTo(this.#works)
    } catch (error) {
      if (this.#shown.get(noticeId) === notification) this.close(noticeId)
      this.#turnTo(none)
      throw error instanceof Failure ? error : noDaemonFailure(none.why)
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

  #none(): NotifierFace & { readonly kind: 'none' } {
    return { kind: 'none', why: this.#options.platform === 'linux' ? reasons.noBus : reasons.unsupported }
  }

  #turnTo(face: NotifierFace): void {
    if (face.kind === this.#face.kind) return
    this.#face = face
    this.#faces.publish(face)
  }
}

function taken(notification: Notification): Promise<void> {
  return new Promise((resolve, reject) => {
    notification.once('show', () => resolve())
    notification.once('failed', (_event, error) => reject(new Error(error)))
    notification.show()
  })
}
