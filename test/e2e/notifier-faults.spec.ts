import { expect } from '@playwright/test'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../src-main/services/ports.ts'
import { systemClock } from '../../src-main/services/system-clock.ts'
import { desktop, failed, notice, test } from './support/notifier-bench.ts'
import { startRudeDaemon, tell, type RudeAnswer } from './support/rude-daemon.ts'

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
