import { test as base } from '@playwright/test'
import type { Fault } from '../../../src-main/contract/fault.ts'
import { faultOf } from '../../../src-main/core/failure.ts'
import type { Clock, Notice } from '../../../src-main/services/ports.ts'
import { systemClock } from '../../../src-main/services/system-clock.ts'
import { FreedesktopNotifier } from '../../../src-main/shell/notifier/freedesktop.ts'
import type { ShownMemory } from '../../../src-main/shell/notifier/shown-memory.ts'
import { TestBus } from './notifications.ts'

interface Watched {
  readonly notifier: FreedesktopNotifier
  /** Each act as `noticeId act`. */
  readonly acts: readonly string[]
  /** The kinds of faces it went through, each once in a row. */
  readonly faces: readonly string[]
}

interface Fixtures {
  readonly bus: TestBus
  readonly watch: (address: string, clock?: Clock, memory?: ShownMemory) => Watched
}

// The notifier runs in the test's own process: what speaks to the bus needs no Electron.
export const test = base.extend<Fixtures>({
  bus: async ({}, use) => {
    const bus = await TestBus.start()
    await use(bus)
    await bus.stop()
  },
  watch: async ({}, use) => {
    const notifiers: FreedesktopNotifier[] = []
    await use((address, clock = systemClock, memory) => {
      const notifier = new FreedesktopNotifier({ clock, address, ...(memory === undefined ? {} : { memory }) })
      const acts: string[] = []
      const faces: string[] = []
      notifier.onAct((noticeId, act) => acts.push(`${noticeId} ${act}`))
      notifier.onFace(({ kind }) => {
        if (faces.at(-1) !== kind) faces.push(kind)
      })
      notifier.start()
      notifiers.push(notifier)
      return { notifier, acts, faces }
    })
    for (const notifier of notifiers) notifier.stop()
  }
})

/** What a desktop with all there is says it can do. */
export const desktop = 'actions body body-markup'

export const notice: Notice = {
  noticeId: 'functions',
  title: 'v1-functions: 12,000 jobs',
  body: 'over 10,000 & growing\nsince <02:14>',
  urgency: 'critical',
  hasSound: true,
  acts: ['acknowledge', 'snooze', 'open']
}

/** How a notice failed, and after how long. */
export async function failed(showing: Promise<void>): Promise<Fault & { readonly afterMs: number }> {
  const startMs = performance.now()
  const fault = await showing.then(
    () => null,
    (error: unknown) => faultOf(error)
  )
  if (fault === null) throw new Error('the notice was taken')
  return { ...fault, afterMs: performance.now() - startMs }
}
