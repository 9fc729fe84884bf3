import { expect, test as base } from '@playwright/test'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultOf } from '../../src-main/core/failure.ts'
import type { Fault } from '../../src-main/contract/fault.ts'
import type { Clock, Notice } from '../../src-main/services/ports.ts'
import { systemClock } from '../../src-main/services/system-clock.ts'
import { FreedesktopNotifier } from '../../src-main/shell/notifier/freedesktop.ts'
import { TestBus } from './support/notifications.ts'
import { joinBus, startRudeDaemon, tell, type RudeAnswer } from './support/rude-daemon.ts'

interface Watched {
  readonly notifier: FreedesktopNotifier
  /** Each act as `noticeId act`. */
  readonly acts: readonly string[]
  /** The kinds of faces it went through, each once in a row. */
  readonly faces: readonly string[]
}

interface Fixtures {
  readonly bus: TestBus
  readonly watch: (address: string, clock?: Clock) => Watched
}

// The notifier runs in the test's own process: what speaks to the bus needs no Electron.
const test = base.extend<Fixtures>({
  bus: async ({}, use) => {
    const bus = await TestBus.start()
    await use(bus)
    await bus.stop()
  },
  watch: async ({}, use) => {
    const notifiers: FreedesktopNotifier[] = []
    await use((address, clock = systemClock) => {
      const notifier = new FreedesktopNotifier({ clock, address })
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

const desktop = 'actions body body-markup'

const notice: Notice = {
  noticeId: 'functions',
  title: 'v1-functions: 12,000 jobs',
  body: 'over 10,000 & growing\nsince <02:14>',
  urgency: 'critical',
  hasSound: true,
  acts: ['acknowledge', 'snooze', 'open']
}

/** How a notice failed, and after how long. */
async function failed(showing: Promise<void>): Promise<Fault & { readonly afterMs: number }> {
  const startMs = performance.now()
  const fault = await showing.then(
    () => null,
    (error: unknown) => faultOf(error)
  )
  if (fault === null) throw new Error('the notice was taken')
  return { ...fault, afterMs: performance.now() - startMs }
}

test('shows a notice with its text, its urgency and its buttons', async ({ bus, watch }) => {
  const daemon = await bus.startDaemon(desktop)
  const { notifier } = watch(bus.address)
  await notifier.show(notice)
  await notifier.show({ ...notice, noticeId: 'mails', urgency: 'normal', hasSound: false, acts: [] })
  expect(notifier.face()).toEqual({ kind: 'buttons', server: 'mock-notify 1.0' })
  const said = { atMs: expect.any(Number), app: 'Standby', replaced: 0, title: notice.title }
  expect(await daemon.notified()).toEqual([
    {
      ...said,
      body: 'over 10,000 &amp; growing\nsince &lt;02:14&gt;',
      actions: '["default", "Open", "acknowledge", "Acknowledge", "snooze", "Snooze 1 h", "open", "Open"]',
      hints: '{"urgency": 2, "desktop-entry": "standby", "sound-name": "dialog-error"}',
      expireMs: 0
    },
    {
      ...said,
      body: 'over 10,000 &amp; growing\nsince &lt;02:14&gt;',
      actions: '["default", "Open"]',
      hints: '{"urgency": 1, "desktop-entry": "standby", "suppress-sound": True}',
      expireMs: -1
    }
  ])
})

test('asks a plain desktop for no buttons, and escapes nothing for it', async ({ bus, watch }) => {
  const daemon = await bus.startDaemon('body')
  const { notifier } = watch(bus.address)
  await notifier.show(notice)
  expect(notifier.face()).toEqual({ kind: 'plain', server: 'mock-notify 1.0' })
  expect(await daemon.notified()).toMatchObject([{ body: notice.body, actions: '[]' }])
})

test('passes on what was clicked, once, and only what the notice offered', async ({ bus, watch }) => {
  const daemon = await bus.startDaemon(desktop)
  const { notifier, acts } = watch(bus.address)
  await notifier.show(notice)
  await notifier.show({ ...notice, noticeId: 'mails', acts: ['open'] })
  await daemon.tell('ActionInvoked', 2, 'acknowledge')
  await daemon.tell('ActionInvoked', 2, 'delete')
  await daemon.tell('ActionInvoked', 3, 'open')
  for (const key of ['acknowledge', 'snooze', 'open', 'default']) await daemon.tell('ActionInvoked', 1, key)
  await daemon.tell('ActionInvoked', 2, 'default')
  const passed = ['functions acknowledge', 'functions snooze', 'functions open', 'functions open', 'mails open']
  await expect.poll(() => acts).toEqual(passed)
})

test('believes no click that another process tells of', async ({ bus, watch }) => {
  const daemon = await bus.startDaemon(desktop)
  const { notifier, acts } = watch(bus.address)
  await notifier.show(notice)
  const other = await joinBus(bus.address)
  tell(other, 'ActionInvoked', 'us', 1, 'acknowledge')
  tell(other, 'NotificationClosed', 'uu', 1, 2)
  await daemon.tell('ActionInvoked', 1, 'snooze')
  await expect.poll(() => acts).toEqual(['functions snooze'])
  other.disconnect()
})

test('lets a notice take the place of the one before, until that is gone', async ({ bus, watch }) => {
  const daemon = await bus.startDaemon(desktop)
  const { notifier, acts } = watch(bus.address)
  const replaced = async () => (await daemon.notified()).map((call) => call.replaced)
  await notifier.show(notice)
  await notifier.show({ ...notice, title: 'v1-functions: 14,000 jobs' })
  expect(await replaced()).toEqual([0, 1])

  await daemon.tell('NotificationClosed', 1, 2)
  await daemon.tell('ActionInvoked', 1, 'open')
  await notifier.show(notice)
  expect(await replaced()).toEqual([0, 1, 0])
  expect(acts).toEqual([])

  notifier.close(notice.noticeId)
  notifier.close(notice.noticeId)
  notifier.close('never shown')
  await notifier.show(notice)
  expect(await replaced()).toEqual([0, 1, 0, 0])
  expect(await daemon.takenBack()).toEqual([2])
})

test('sends only the last of those shown at once under one id, and none that was taken back before it went', async ({
  bus,
  watch
}) => {
  const daemon = await bus.startDaemon(desktop)
  const { notifier } = watch(bus.address)
  const titled = (title: string) => notifier.show({ ...notice, title })
  const takenBack = notifier.show({ ...notice, noticeId: 'mails' })
  notifier.close('mails')
  await Promise.all([titled('one'), titled('two'), titled('three'), takenBack])
  expect((await daemon.notified()).map(({ title }) => title)).toEqual(['three'])
})

test('leaves the last of those that went out under one id before the first was answered', async ({ bus, watch }) => {
  const daemon = await bus.startDaemon(desktop)
  const { notifier, acts } = watch(bus.address)
  await notifier.show({ ...notice, noticeId: 'first' })
  daemon.process.kill('SIGSTOP')
  const going = [notifier.show(notice)]
  await new Promise((resolve) => setImmediate(resolve))
  going.push(notifier.show({ ...notice, acts: ['snooze'] }))
  await new Promise((resolve) => setImmediate(resolve))
  daemon.process.kill('SIGCONT')
  await Promise.all(going)
  expect((await daemon.notified()).map(({ replaced }) => replaced)).toEqual([0, 0, 0])
  await expect.poll(() => daemon.takenBack()).toEqual([2])
  await daemon.tell('ActionInvoked', 3, 'snooze')
  await expect.poll(() => acts).toEqual(['functions snooze'])
})

test('hands over twenty notices in their order', async ({ bus, watch }) => {
  const daemon = await bus.startDaemon(desktop)
  const { notifier } = watch(bus.address)
  await notifier.show(notice)
  const shownMs: number[] = []
  for (let count = 0; count < 20; count++) {
    shownMs.push(Date.now())
    await notifier.show({ ...notice, noticeId: `queue ${count}`, title: `queue ${count}` })
  }
  const notified = (await daemon.notified()).slice(1)
  expect(notified.map(({ title }) => title)).toEqual(shownMs.map((_, count) => `queue ${count}`))
  const tookMs = notified.map(({ atMs }, index) => Math.round(atMs) - (shownMs[index] ?? 0)).sort((a, b) => a - b)
  console.log(`show() to the daemon's log: median ${tookMs[10]} ms of ${tookMs.length}, slowest ${tookMs[19]} ms`)
})

test('says that there is no daemon, and finds one that starts later', async ({ bus, watch }) => {
  const { notifier, faces } = watch(bus.address)
  await expect
    .poll(() => notifier.face())
    .toMatchObject({ why: expect.stringContaining('No notification daemon runs') })
  const fault = await failed(notifier.show(notice))
  expect(fault).toMatchObject({
    code: 'unsupported',
    message: expect.stringMatching(/^The notice was not shown\. No notification daemon runs .*\. Start one, /)
  })
  expect(fault.afterMs).toBeLessThan(1_000)

  const daemon = await bus.startDaemon(desktop)
  await expect.poll(() => faces).toEqual(['none', 'buttons'])
  await notifier.show(notice)
  expect(await daemon.notified()).toHaveLength(1)
})

test('notices that the daemon was killed, and forgets its ids', async ({ bus, watch }) => {
  const daemon = await bus.startDaemon(desktop)
  const { notifier, faces } = watch(bus.address)
  await notifier.show({ ...notice, noticeId: 'first' })
  await notifier.show(notice)
  await daemon.kill()
  const fault = await failed(notifier.show(notice))
  expect(fault.afterMs).toBeLessThan(3_000)
  await expect
    .poll(() => notifier.face())
    .toMatchObject({ why: expect.stringContaining('No notification daemon runs') })

  const next = await bus.startDaemon('body')
  await expect.poll(() => notifier.face()).toEqual({ kind: 'plain', server: 'mock-notify 1.0' })
  // Ids of the dead one: to its successor they would be another's.
  notifier.close('first')
  await notifier.show(notice)
  expect(await next.notified()).toMatchObject([{ replaced: 0 }])
  expect(await next.takenBack()).toEqual([])
  expect(faces[0]).toBe('buttons')
  expect(faces.at(-1)).toBe('plain')
})

test('waits for no daemon that hangs, says so, and knows late notices once it goes on', async ({ bus, watch }) => {
  const daemon = await bus.startDaemon(desktop)
  const { notifier, faces } = watch(bus.address)
  await notifier.show(notice)
  daemon.process.kill('SIGSTOP')
  const [first, second] = await Promise.all([
    failed(notifier.show({ ...notice, noticeId: 'mails' })),
    failed(notifier.show({ ...notice, noticeId: 'builds' }))
  ])
  for (const fault of [first, second]) {
    expect(fault).toMatchObject({
      code: 'timeout',
      message: expect.stringMatching(/within 2\.5 s\. .* does not answer\. Restart it/)
    })
    expect(fault.afterMs).toBeLessThan(3_000)
  }
  expect(notifier.face()).toMatchObject({ kind: 'none', why: expect.stringContaining('does not answer') })
  notifier.close('builds')
  const third = await failed(notifier.show({ ...notice, noticeId: 'never sent' }))
  expect(third.afterMs).toBeLessThan(3_000)

  daemon.process.kill('SIGCONT')
  await expect.poll(() => faces).toEqual(['buttons', 'none', 'buttons'])
  await expect.poll(() => daemon.takenBack()).toEqual([3])
  await notifier.show({ ...notice, noticeId: 'mails' })
  const calls = await daemon.notified()
  expect(calls.map((call) => call.replaced)).toEqual([0, 0, 0, 2])
})

test('turns to the daemon that took over from one that hangs', async ({ bus, watch }) => {
  const daemon = await bus.startDaemon(desktop)
  const { notifier } = watch(bus.address)
  await notifier.show(notice)
  daemon.process.kill('SIGSTOP')
  await failed(notifier.show(notice))
  await daemon.kill()
  const next = await bus.startDaemon(desktop)
  await expect.poll(() => notifier.face().kind).toBe('buttons')
  await notifier.show(notice)
  expect(await next.notified()).toMatchObject([{ replaced: 0 }])
})

test('outlives the bus itself', async ({ bus, watch }) => {
  await bus.startDaemon(desktop)
  const { notifier, faces } = watch(bus.address)
  await notifier.show(notice)
  await bus.replace()
  await expect.poll(() => faces).toEqual(['buttons', 'none'])
  expect(notifier.face()).toMatchObject({ why: expect.stringContaining('message bus') })
  const daemon = await bus.startDaemon(desktop)
  await notifier.show(notice)
  expect(notifier.face().kind).toBe('buttons')
  expect(await daemon.notified()).toMatchObject([{ replaced: 0 }])
})

test('says that there is no bus, be its socket gone or mute', async ({ watch }) => {
  const folder = await mkdtemp(join(tmpdir(), 'standby-mute-'))
  const mute = createServer(() => undefined).listen(join(folder, 'mute'))
  await once(mute, 'listening')
  for (const name of ['mute', 'absent']) {
    const { notifier } = watch(`unix:path=${join(folder, name)}`)
    const fault = await failed(notifier.show(notice))
    expect(fault.afterMs).toBeLessThan(3_000)
    await expect.poll(() => notifier.face()).toMatchObject({ why: expect.stringContaining('message bus') })
  }
  mute.close()
  await rm(folder, { recursive: true })
})

test('asks again by itself a daemon that forgot to answer', async ({ bus, watch }) => {
  let asked = 0
  const daemon = await startRudeDaemon(bus.address, (member) => {
    if (member === 'GetCapabilities' && ++asked === 1) return null
    return member === 'GetCapabilities'
      ? { signature: 'as', body: [['actions']] }
      : { signature: 'ssss', body: ['rude', 'us', '7', '1.2'] }
  })
  // Ten times as fast: what takes a minute takes six seconds.
  const clock: Clock = { ...systemClock, after: (delayMs, act) => systemClock.after(delayMs / 10, act) }
  const { notifier } = watch(bus.address, clock)
  await expect.poll(() => notifier.face()).toMatchObject({ why: expect.stringContaining('does not answer') })
  await expect.poll(() => notifier.face()).toEqual({ kind: 'buttons', server: 'rude 7' })
  expect(asked).toBe(2)
  daemon.disconnect()
})

const rudeness: readonly (readonly [what: string, answer: RudeAnswer])[] = [
  ['text for all', { signature: 's', body: ['<b>actions</b>'] }],
  ['nothing at all', { signature: '', body: [] }],
  ['nested lists', { signature: 'aas', body: [[['actions']]] }],
  ['zero', { signature: 'u', body: [0] }],
  ['a negative number', { signature: 'i', body: [-1] }],
  ['an error of its own', { error: 'org.example.Error.No' }],
  ['that it knows no such method', { error: 'org.freedesktop.DBus.Error.UnknownMethod' }]
]

for (const [what, answer] of rudeness) {
  test(`takes a daemon that answers ${what} for a plain one, and its answer for no receipt`, async ({ bus, watch }) => {
    const daemon = await startRudeDaemon(bus.address, () => answer)
    const { notifier, acts } = watch(bus.address)
    await expect.poll(() => notifier.face().kind).toBe('plain')
    expect(await failed(notifier.show(notice))).toMatchObject({
      code: 'server',
      message: expect.stringMatching(/refused the notice\. Look at/)
    })
    tell(daemon, 'ActionInvoked', 's', 'acknowledge')
    tell(daemon, 'ActionInvoked', '')
    tell(daemon, 'NotificationClosed', 'as', ['x'])
    expect(await failed(notifier.show(notice))).toMatchObject({ code: 'server' })
    expect(acts).toEqual([])
    expect(notifier.face().kind).toBe('plain')
    daemon.disconnect()
  })
}

test('keeps apart two notices for which a daemon gives the same id', async ({ bus, watch }) => {
  const daemon = await startRudeDaemon(bus.address, (member) =>
    member === 'Notify' ? { signature: 'u', body: [9] } : { signature: 'as', body: [['actions']] }
  )
  const { notifier, acts } = watch(bus.address)
  await notifier.show({ ...notice, noticeId: 'first' })
  await notifier.show({ ...notice, noticeId: 'second' })
  tell(daemon, 'ActionInvoked', 'us', 9, 'open')
  await expect.poll(() => acts).toEqual(['second open'])
  daemon.disconnect()
})
