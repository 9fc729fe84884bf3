import { existsSync } from 'node:fs'
import { Topic } from '../../services/live-view.ts'
import type { Log } from '../../services/ports.ts'
import { sessionBusAddress } from '../notifier/bus-address.ts'
import { openBus, type Bus } from '../notifier/bus.ts'
import type { TrayOptions } from './tray.ts'

const watcher = 'org.kde.StatusNotifierWatcher'
const match = `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${watcher}'`

/**
 * Whether this desktop shows status icons: on Linux, whether somebody keeps the list of them and somebody shows it. Other
 * systems always do.
 */
export function trayHost(log: Log): TrayOptions {
  const address = process.platform === 'linux' ? sessionBusAddress(process.env, existsSync) : null
  if (address === null)
    return { hasHost: () => Promise.resolve(process.platform !== 'linux'), onHostChange: () => () => undefined }
  const changed = new Topic<null>()
  const opened = openBus(address, AbortSignal.timeout(3_000)).then(async (bus) => {
    await bus.ask('AddMatch', 's', match)
    await bus.ask('AddMatch', 's', `type='signal',sender='${watcher}',interface='${watcher}'`)
    bus.onSignal(({ interface: name, member }) => {
      const isHosts = name === watcher && member.startsWith('StatusNotifierHost')
      if (member === 'NameOwnerChanged' || isHosts) changed.publish(null)
    })
    return bus
  })
  opened.catch((thrown: unknown) => log(`the tray cannot be looked for: ${String(thrown)}`))
  return {
    hasHost: async () => isHosted(await opened),
    onHostChange: (listener) => changed.subscribe(() => listener())
  }
}

async function isHosted(bus: Bus): Promise<boolean> {
  const [value] = await bus.call({
    destination: watcher,
    path: '/StatusNotifierWatcher',
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    signature: 'ss',
    body: [watcher, 'IsStatusNotifierHostRegistered']
  })
  return typeof value === 'object' && value !== null && 'value' in value && value.value === true
}
