import type { Blind } from '../../core/watchdog.ts'
import { BlindRecord } from '../../services/alerts/blind-record.ts'
import type { Connections } from '../../services/connections.ts'
import type { Clock, Log } from '../../services/ports.ts'
import { announce, meetingPlace } from './presence.ts'
import { ownCommand, startWatchdog } from './process.ts'
import { Watchdog } from './watchdog.ts'

export interface OpenWatchdogOptions {
  /** The folder of the profile. */
  readonly userData: string
  readonly connections: Connections
  readonly clock: Clock
  readonly log: Log
  /** As the watchdog's. */
  readonly onBlind: (blinds: readonly Blind[]) => void
}

/** Relieves the watchdog of an earlier run and has one of this run from now on. */
export function openWatchdog({ userData, connections, clock, log, onBlind }: OpenWatchdogOptions): Watchdog {
  const identity = { pid: process.pid, startedMs: clock.now() }
  const command = ownCommand()
  try {
    announce(userData, identity)
  } catch (thrown) {
    log(`an earlier watchdog cannot be told that Standby runs: ${String(thrown)}`)
  }
  const watchdog = new Watchdog({
    connections,
    clock,
    record: new BlindRecord(meetingPlace(userData)),
    hello: { identity, command },
    startProcess: () => startWatchdog(command, userData),
    log,
    onBlind: (blinds) => {
      for (const { kind, fromMs, toMs } of blinds)
        log(
          `Standby ${kind === 'hung' ? 'hung' : 'had ended'} from ${isoOf(fromMs)} to ${isoOf(toMs)}: nothing was watched`
        )
      onBlind(blinds)
    }
  })
  watchdog.start()
  return watchdog
}

const isoOf = (ms: number | null): string => (ms === null ? 'now' : new Date(ms).toISOString())
