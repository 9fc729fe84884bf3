import { expect } from '@playwright/test'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src-main/services/system-clock.ts'
import { shownMemory } from '../../src-main/shell/notifier/shown-memory.ts'
import { desktop, notice, test as base } from './support/notifier-bench.ts'

const test = base.extend<{ readonly file: string }>({
  file: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'standby-shown-'))
    await use(join(folder, 'alerts', 'shown.json'))
    await rm(folder, { recursive: true })
  }
})

test('knows after a restart what it had the desktop show: takes it back, replaces it, hears its buttons', async ({
  bus,
  watch,
  file
}) => {
  const daemon = await bus.startDaemon(desktop)
  const first = watch(bus.address, systemClock, shownMemory(file))
  for (const noticeId of ['taken', 'said', 'pressed']) await first.notifier.show({ ...notice, noticeId })
  first.notifier.stop()

  const second = watch(bus.address, systemClock, shownMemory(file))
  // Before anybody can know who shows notices.
  second.notifier.close('taken')
  await expect.poll(() => daemon.takenBack()).toEqual([1])
  await second.notifier.show({ ...notice, noticeId: 'said' })
  expect((await daemon.notified()).map(({ replaced }) => replaced)).toEqual([0, 0, 0, 2])
  await daemon.tell('ActionInvoked', 3, 'acknowledge')
  await expect.poll(() => second.acts).toEqual(['pressed acknowledge'])
})

test('takes no number of another daemon, of another bus or out of a spoilt file for its own', async ({
  bus,
  watch,
  file
}) => {
  const before = await bus.startDaemon(desktop)
  const first = watch(bus.address, systemClock, shownMemory(file))
  await first.notifier.show(notice)
  first.notifier.stop()
  await before.kill()

  const after = await bus.startDaemon(desktop)
  const second = watch(bus.address, systemClock, shownMemory(file))
  await second.notifier.show({ ...notice, noticeId: 'other' })
  second.notifier.close(notice.noticeId)
  await second.notifier.show(notice)
  expect((await after.notified()).map(({ replaced }) => replaced)).toEqual([0, 0])
  expect(await after.takenBack()).toEqual([])
  second.notifier.stop()

  const kept = JSON.parse(await readFile(file, 'utf8')) as { readonly daemon: string }
  for (const spoilt of ['{', JSON.stringify({ ...kept, shown: [['functions', { id: 'x' }]] })]) {
    await writeFile(file, spoilt)
    const third = watch(bus.address, systemClock, shownMemory(file))
    await third.notifier.show(notice)
    third.notifier.stop()
  }
  expect((await after.notified()).map(({ replaced }) => replaced)).toEqual([0, 0, 0, 0])
})
