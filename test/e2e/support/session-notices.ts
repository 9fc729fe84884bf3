import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { notifiedIn, type Notified } from './notifications.ts'

const run = promisify(execFile)
const daemon = 'org.freedesktop.Notifications'

export interface SessionNotice extends Notified {
  /** What the desktop's daemon calls it. */
  readonly id: number
}

const written = (): Promise<string> => readFile(process.env.STANDBY_NOTIFICATION_LOG ?? '', 'utf8')

/** Every notice about connections of this name that reached the session's daemon; all tests share that one. */
export async function notices(name: string): Promise<readonly SessionNotice[]> {
  // The daemon counts those that take no other's place.
  let fresh = 0
  return notifiedIn(await written())
    .map((notified) => ({ ...notified, id: notified.replaced === 0 ? ++fresh : notified.replaced }))
    .filter(({ title }) => title.includes(`· ${name}`))
}

/** How often a notice was taken back from the desktop. */
export async function takenBack(id: number): Promise<number> {
  return (await written()).split('\n').filter((line) => line.endsWith(` CloseNotification ${id}`)).length
}

/** As the desktop does when a button of a notice is pressed. */
export async function press(id: number, act: string): Promise<void> {
  const args = ['call', '--session', '--dest', daemon, '--object-path', '/org/freedesktop/Notifications']
  const emit = ['--method', 'org.freedesktop.DBus.Mock.EmitSignal', daemon, 'ActionInvoked', 'us']
  await run('gdbus', [...args, ...emit, `[<uint32 ${id}>, <'${act}'>]`])
}
