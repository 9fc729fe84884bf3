import { expect } from '@playwright/test'
import { desktop, notice, test } from './support/notifier-bench.ts'
import { joinBus, tell } from './support/rude-daemon.ts'

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
