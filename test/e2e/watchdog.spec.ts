import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, projectRoot, switches, test as base, type Desk, type DeskOptions } from './support/desk.ts'
import { TestBus, type NotificationDaemon, type Notified } from './support/notifications.ts'
import type { RunningSimulator } from './support/simulator.ts'
import {
  addReal,
  alive,
  call,
  descendantsOf,
  logOf,
  mainsOf,
  overhear,
  processesOf,
  watchdogsOf
} from './support/watchdog.ts'

interface Fixtures {
  readonly bus: TestBus
  readonly daemon: NotificationDaemon
  /** Standby on that bus. */
  readonly open: (options?: DeskOptions) => Promise<Desk>
}

const test = base.extend<Fixtures>({
  bus: async ({}, use) => {
    const bus = await TestBus.start()
    await use(bus)
    await bus.stop()
  },
  daemon: async ({ bus }, use) => use(await bus.startDaemon('actions body')),
  open: async ({ bus, launch }, use) => {
    const profiles = new Set<string>()
    await use(async (options = {}) => {
      const env = { DBUS_SESSION_BUS_ADDRESS: bus.address }
      const desk = await launch({ passwordStore: 'basic', env, ...options })
      profiles.add(desk.userData)
      return desk
    })
    for (const profile of profiles) {
      for (const pid of [...(await mainsOf(profile)), ...(await watchdogsOf(profile))]) process.kill(pid, 'SIGKILL')
    }
  }
})

/** A word of the watchdog comes this soon at the latest: fifteen seconds, one of its looks, and a busy machine. */
const soon = { timeout: 25_000 }

/** Watches the simulated server, and is itself watched by the process with the id this resolves to. */
async function watched(desk: Desk, simulator: RunningSimulator): Promise<number> {
  await addReal(desk, simulator)
  await expect(desk.page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  return onlyWatchdog(desk.userData)
}

async function onlyWatchdog(userData: string): Promise<number> {
  await expect.poll(async () => (await watchdogsOf(userData)).length).toBe(1)
  return (await watchdogsOf(userData))[0] ?? 0
}

const pidOf = ({ app }: Desk): number => app.process().pid ?? 0

async function kill(desk: Desk): Promise<void> {
  const exited = once(desk.app.process(), 'exit')
  process.kill(pidOf(desk), 'SIGKILL')
  await exited
}

async function told(daemon: NotificationDaemon): Promise<readonly Notified[]> {
  return (await daemon.notified()).filter(({ title }) => title === 'Standby does not watch')
}

test('main stopped: the watchdog says so once on its own way, takes it back when main goes on, and it is recorded', async ({
  bus,
  daemon,
  open,
  simulate
}) => {
  test.setTimeout(90_000)
  const desk = await open()
  const watchdog = await watched(desk, await simulate())
  const ear = overhear(bus.address)
  const stoppedMs = Date.now()
  process.kill(pidOf(desk), 'SIGSTOP')
  await expect.poll(() => told(daemon), soon).toHaveLength(1)
  const [notice] = await told(daemon)
  expect(notice?.body).toMatch(/^Standby stopped answering at \d\d:\d\d\. Nothing is watched until it is back\.$/)
  expect(notice?.hints).toContain('"urgency": 2')
  expect(notice?.hints).toContain('"sound-name"')
  expect(notice?.expireMs).toBe(0)
  expect((notice?.atMs ?? 0) - stoppedMs).toBeGreaterThan(9_000)
  await expect.poll(() => ear.notifiers()).toEqual([watchdog])
  ear.stop()

  process.kill(pidOf(desk), 'SIGCONT')
  await expect.poll(() => daemon.takenBack()).toHaveLength(1)
  const recorded = /Standby hung from (\S+) to (\S+): nothing was watched/
  await expect.poll(() => logOf(desk.userData)).toMatch(recorded)
  const [, from = '', to = ''] = recorded.exec(await logOf(desk.userData)) ?? []
  expect(Math.abs(Date.parse(from) - stoppedMs)).toBeLessThan(7_000)
  expect(Date.parse(to) - Date.parse(from)).toBeGreaterThanOrEqual(15_000)
  expect(await told(daemon)).toHaveLength(1)
  expect(await watchdogsOf(desk.userData)).toEqual([watchdog])
})

test('main killed: the watchdog says so, and its button starts Standby again', async ({ daemon, open, simulate }) => {
  test.setTimeout(90_000)
  const desk = await open()
  const { userData } = desk
  const watchdog = await watched(desk, await simulate())
  await kill(desk)
  await expect.poll(() => told(daemon), soon).toHaveLength(1)
  const [notice] = await told(daemon)
  expect(notice?.body).toMatch(/^Standby ended at \d\d:\d\d\. Nothing is watched\. Start it again\.$/)
  expect(notice?.actions).toBe('["default", "Open", "open", "Open"]')
  expect(notice?.hints).toContain('"urgency": 2')
  // Nothing of what was killed lives on because its watchdog does.
  expect(await processesOf(userData)).toEqual([watchdog])
  const helpers = await descendantsOf(watchdog)
  expect(helpers.length).toBeGreaterThan(0)

  await daemon.tell('ActionInvoked', 1, 'open')
  await expect.poll(() => mainsOf(userData)).toHaveLength(1)
  await expect.poll(() => daemon.takenBack(), soon).toEqual([1])
  await expect.poll(() => logOf(userData)).toMatch(/Standby had ended from \S+ to \S+: nothing was watched/)
  await expect.poll(() => watchdogsOf(userData)).not.toContain(watchdog)
  await expect.poll(() => alive(helpers)).toEqual([])
  await onlyWatchdog(userData)
  const [main = 0] = await mainsOf(userData)
  process.kill(main, 'SIGTERM')
  await expect.poll(async () => [await mainsOf(userData), await watchdogsOf(userData)]).toEqual([[], []])
  expect(await told(daemon)).toHaveLength(1)
})

test('main killed and started again at once: nobody is told', async ({ daemon, open, simulate }) => {
  const first = await open()
  const { userData } = first
  const simulator = await simulate()
  const watchdog = await watched(first, simulator)
  await kill(first)
  const second = await open({ userData })
  await expect(second.page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  // Once it is gone it cannot tell any more.
  await expect.poll(() => watchdogsOf(userData)).not.toContain(watchdog)
  await onlyWatchdog(userData)
  expect(await told(daemon)).toEqual([])
  expect(await logOf(userData)).not.toContain('nothing was watched')
})

test('quits in order: the watchdog is gone within two seconds and without a word', async ({
  daemon,
  open,
  simulate
}) => {
  const desk = await open()
  await watched(desk, await simulate())
  await desk.app.close()
  await expect.poll(() => watchdogsOf(desk.userData), { timeout: 2_000, intervals: [100] }).toEqual([])
  expect(await told(daemon)).toEqual([])
})

test('runs for servers alone: not for the demo, and no longer than there is one', async ({ open, simulate }) => {
  const desk = await open({ args: ['--demo'] })
  const { page, userData } = desk
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  expect(await watchdogsOf(userData)).toEqual([])
  expect(await logOf(userData)).not.toContain('watchdog')
  const connectionId = await addReal(desk, await simulate())
  await onlyWatchdog(userData)
  await call(page, 'connections.remove', { connectionId })
  await expect.poll(() => watchdogsOf(userData)).toEqual([])
})

test('leaves no files of Chromium behind, and is nothing that could be started by hand', async ({ open, simulate }) => {
  const desk = await open()
  await watched(desk, await simulate())
  await expect(access(join(desk.userData, 'watchdog'))).rejects.toThrow('ENOENT')
  for (const folder of ['', 'somewhere', desk.userData]) {
    const args = [...switches('basic'), '.', `--watchdog=${folder}`]
    const byHand = spawn(process.env.STANDBY_ELECTRON ?? '', args, { cwd: projectRoot, stdio: 'ignore' })
    expect(await once(byHand, 'exit')).toEqual([2, null])
  }
})
