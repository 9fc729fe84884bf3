import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../whole-file.ts'
import { parseIdentity, type Identity } from './lines.ts'

/** Where Standby's runs and their watchdogs meet, in the folder of the profile. */
export function meetingPlace(profileFolder: string): string {
  return join(profileFolder, 'alerts')
}

/** Tells the watchdog of an earlier run that this one has begun. Throws where the folder cannot be written. */
export function announce(profileFolder: string, identity: Identity): void {
  writeWhole(fileIn(profileFolder), JSON.stringify(identity))
}

/** Whether nobody waits for the run with this identity any more: another one has begun, or the profile is gone. */
export function isRelieved(profileFolder: string, { pid, startedMs }: Identity): boolean {
  if (statSync(meetingPlace(profileFolder), { throwIfNoEntry: false }) === undefined) return true
  const announced = parseIdentity(textOf(fileIn(profileFolder)))
  return announced !== null && (announced.pid !== pid || announced.startedMs !== startedMs)
}

const fileIn = (profileFolder: string): string => join(meetingPlace(profileFolder), 'running.json')

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
