import { app } from 'electron'
import { Socket } from 'node:net'
import { isAbsolute, join } from 'node:path'
import { createInterface } from 'node:readline'
import { BlindRecord } from '../../services/alerts/blind-record.ts'
import { systemClock as clock } from '../../services/system-clock.ts'
import { speaksToBus, systemNotifier } from '../notifier/notifier.ts'
import { MainWatch } from './main-watch.ts'
import { isRelieved, meetingPlace } from './presence.ts'
import { lineDescriptor, openApart } from './process.ts'

/**
 * Makes this process the watchdog of the profile in `profileFolder`, and nothing else: no window, no protocol, no bridge.
 * To be awaited by the module that starts the app. Where notices go through the session's bus it never returns: Electron
 * then never becomes ready, so that Chromium starts neither its network nor its graphics, nor writes a file.
 */
export async function runWatchdog(profileFolder: string): Promise<void> {
  if (!isAbsolute(profileFolder)) return app.exit(2)
  app.enableSandbox()
  // Chromium's own files, where it has any, beside the profile's and not among them.
  app.setPath('userData', join(profileFolder, 'watchdog'))
  if (speaksToBus()) {
    watch(profileFolder)
    return new Promise(() => undefined)
  }
  app.disableHardwareAcceleration()
  app.commandLine.appendSwitch('in-process-gpu')
  app.dock?.hide()
  void app.whenReady().then(() => watch(profileFolder))
}

function watch(profileFolder: string): void {
  const standby = lineToStandby()
  if (standby === null) return app.exit(2)
  const { notifier, stop } = systemNotifier(clock)
  const main = new MainWatch({
    clock,
    notifier,
    record: new BlindRecord(meetingPlace(profileFolder)),
    isRelieved: (identity) => isRelieved(profileFolder, identity),
    open: openApart,
    say: (line) => void standby.write(`${line}\n`),
    leave: () => {
      stop()
      app.exit(0)
    }
  })
  // Told of by its end as well.
  standby.on('error', () => undefined)
  standby.on('close', () => main.end())
  createInterface(standby).on('line', (line) => main.hear(line))
  main.start()
}

/** `null` where somebody started this by hand. */
function lineToStandby(): Socket | null {
  try {
    return new Socket({ fd: lineDescriptor })
  } catch {
    return null
  }
}
