import type { Alert, Rule, Silence } from '../../src-main/contract/alerts.ts'
import type { Evidence } from '../../src-main/core/alerts/book.ts'
import { memoryStore, memoryVault } from '../../src-main/headless/memory.ts'
import { Alerts } from '../../src-main/services/alerts/alerts.ts'
import { AlertStore, type AlertChange } from '../../src-main/services/alerts/store.ts'
import { Connections } from '../../src-main/services/connections.ts'
import { Topic } from '../../src-main/services/live-view.ts'
import type {
  Clock,
  Notice,
  NoticeAct,
  Notifier,
  NotifierFace,
  Post,
  Posted,
  Poster
} from '../../src-main/services/ports.ts'
import { Webhooks } from '../../src-main/services/webhooks/webhooks.ts'
import { FakeClock } from './fake-clock.ts'

/** Where the process dies, once. */
export type CrashPoint = 'before-keep' | 'after-keep' | 'after-show' | 'after-post'

/** Its message is where, or `dead` for what a dead process still wants to do. */
export class Crash extends Error {}

export interface Shown extends Notice {
  readonly atMs: number
}

export interface Received extends Post {
  readonly atMs: number
}

/** What a receiver answers unless told otherwise. */
export const taken: Posted = { status: 200, retryAfterMs: null, redirectOrigin: null, bodyStart: 'ok' }

/**
 * The alerts of one server over a file, a desktop and a clock of the test's, in processes that die where they are told
 * to: what a dead one still wants to do is not done.
 */
export class AlertWorld {
  readonly clock = new FakeClock()
  readonly shown: Shown[] = []
  /** All that webhooks were sent, also what they did not take. */
  readonly received: Received[] = []
  /** What becomes of the next posts. */
  receiver: () => Promise<Posted> = () => Promise.resolve(taken)
  readonly vault = memoryVault()
  /** Whether what happens to the server is kept: not with the demo's. */
  isKept = true
  isOnline = true
  readonly closed: string[] = []
  readonly marks: string[] = []
  readonly serverId: string
  /** Nobody looks at the server. */
  isBlind = false
  readonly #folder: string
  readonly #rules: readonly Rule[]
  readonly #connections = new Connections({ store: memoryStore(), vault: memoryVault() })
  readonly #acts = new Topic<{ noticeId: string; act: NoticeAct }>()
  readonly #faces = new Topic<NotifierFace>()
  #news = new Topic<{ serverId: string; isGone: boolean }>()
  #evidence: readonly Evidence[] = []
  #store: AlertStore | null = null
  #alerts: Alerts | null = null
  #webhooks: Webhooks | null = null
  #crash: CrashPoint | null = null
  #isDesktopUp = true
  #process = 0

  constructor(folder: string, rules: readonly Rule[]) {
    this.#folder = folder
    this.#rules = rules
    const draft = { name: 'Shop', endpoint: 'https://shop.example.com/v1', projectId: 'shop', apiKey: 'standard_key' }
    this.serverId = this.#connections.add({ ...draft, environment: 'staging' }).serverId
    this.start()
  }

  get alerts(): Alerts {
    if (this.#alerts === null) throw new Error('no process runs')
    return this.#alerts
  }

  get webhooks(): Webhooks {
    if (this.#webhooks === null) throw new Error('no process runs')
    return this.#webhooks
  }

  get isDesktopUp(): boolean {
    return this.#isDesktopUp
  }

  alert(ruleId: string, subject: string): Alert | null {
    const alertId = `${ruleId}/${this.serverId}/${subject}`
    return this.alerts.view().alerts.find((one) => one.alertId === alertId) ?? null
  }

  /** A process takes up what the last one kept. */
  start(): void {
    const own = ++this.#process
    const isAlive = (): boolean => own === this.#process
    this.#crash = null
    const store = new AlertStore({ folder: this.#folder, key: '5'.repeat(64), log: () => undefined })
    this.#store = store
    if (store.rules() === null) store.writeRules(this.#rules)
    const keep = store.keep.bind(store)
    store.keep = (change: AlertChange) => {
      if (!isAlive()) throw new Crash('dead')
      if (this.#crash === 'before-keep') this.#die()
      keep(change)
      if (this.#crash === 'after-keep') this.#die()
    }
    const keepWebhooks = store.webhooks.keep.bind(store.webhooks)
    store.webhooks.keep = (...args) => {
      if (!isAlive()) throw new Crash('dead')
      keepWebhooks(...args)
    }
    this.#news = new Topic()
    const clock: Clock = {
      now: () => this.clock.now(),
      monotonicMs: () => this.clock.monotonicMs(),
      after: (delayMs, act) => this.clock.after(delayMs, () => (isAlive() ? act() : undefined))
    }
    this.#webhooks = new Webhooks({
      store: store.webhooks,
      vault: this.vault,
      poster: this.#poster(isAlive),
      network: { hasInterface: () => this.isOnline, systemSaysOnline: () => this.isOnline },
      clock,
      random: () => 0.5,
      version: '1.2.3',
      log: () => undefined
    })
    this.#alerts = new Alerts({
      connections: this.#connections,
      source: {
        serverIds: () => [],
        look: () => ({ evidence: this.#evidence, isWatched: () => true }),
        isBlind: () => this.isBlind,
        onNews: (listener) => this.#news.subscribe(listener)
      },
      mark: (_serverId, { text }) => void this.marks.push(text),
      store,
      isKept: () => this.isKept,
      webhooks: this.#webhooks,
      notifier: this.#notifier(isAlive),
      sound: () => 'critical',
      clock,
      log: () => undefined,
      onOpen: () => undefined
    })
    this.#alerts.start()
  }

  /** The process ends here and now; what it kept stays. */
  kill(): void {
    this.#process++
    this.#store?.close()
    this.#store = null
    this.#alerts = null
    this.#webhooks = null
  }

  crashAt(point: CrashPoint): void {
    this.#crash = point
  }

  /** A look at the server. */
  look(evidence: readonly Evidence[]): void {
    this.#evidence = evidence
    this.#news.publish({ serverId: this.serverId, isGone: false })
  }

  press(noticeId: string, act: NoticeAct): void {
    this.#acts.publish({ noticeId, act })
  }

  desktop(isUp: boolean): void {
    this.#isDesktopUp = isUp
    this.#faces.publish(face)
  }

  silences(): readonly Silence[] {
    return this.alerts.view().silences
  }

  #die(): never {
    this.#process++
    throw new Crash(this.#crash ?? '')
  }

  #poster(isAlive: () => boolean): Poster {
    return {
      post: (post) => {
        if (!isAlive()) return new Promise(() => undefined)
        this.received.push({ ...post, atMs: this.clock.now() })
        if (this.#crash !== 'after-post') return this.receiver()
        this.#process++
        return new Promise(() => undefined)
      }
    }
  }

  #notifier(isAlive: () => boolean): Notifier {
    return {
      face: () => face,
      onFace: (listener) => this.#faces.subscribe((told) => (isAlive() ? listener(told) : undefined)),
      show: (notice) => {
        if (!isAlive()) return new Promise(() => undefined)
        if (!this.#isDesktopUp) return Promise.reject(new Error('nobody shows notices'))
        this.shown.push({ ...notice, atMs: this.clock.now() })
        if (this.#crash === 'after-show') {
          this.#process++
          return new Promise(() => undefined)
        }
        return Promise.resolve()
      },
      close: (noticeId) => {
        if (isAlive()) this.closed.push(noticeId)
      },
      onAct: (listener) =>
        this.#acts.subscribe(({ noticeId, act }) => (isAlive() ? listener(noticeId, act) : undefined))
    }
  }
}

const face: NotifierFace = { kind: 'buttons', server: 'a test' }
