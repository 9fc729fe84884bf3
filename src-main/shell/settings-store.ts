import Store from 'electron-store'
import { existsSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ServerOptions } from '../contract/servers.ts'
import { initialSettings } from '../contract/settings.ts'
import type { Profile, SettingsStore } from '../services/ports.ts'
import { parseStored, storedVersion, type Stored, type WindowBounds } from './stored.ts'

/** The settings port, and what only the window needs. */
export interface ShellStore extends SettingsStore {
  bounds(): WindowBounds | null
  writeBounds(bounds: WindowBounds): void
}

export interface OpenedSettings {
  readonly store: ShellStore
  /** Set when the file could not be used and was set aside. */
  readonly notice: string | null
}

const fileName = 'standby'
const empty: Stored = {
  version: storedVersion,
  profiles: [],
  trusts: {},
  settings: initialSettings,
  options: {},
  bounds: null
}

/** Profiles and settings in `folder`. A file that is not ours to read is set aside, never overwritten. */
export function openSettings(folder: string, nowMs: number): OpenedSettings {
  const path = join(folder, `${fileName}.json`)
  const isNew = !existsSync(path)
  const read = readOrNull(folder)
  if (read !== null) return { store: keep(read.file, read.stored), notice: null }
  if (!isNew) {
    const aside = join(folder, `${fileName}.unreadable-${nowMs}.json`)
    renameSync(path, aside)
    return {
      store: keep(openFile(folder), empty),
      notice: `The settings file could not be read. It was kept as ${basename(aside)}; Standby started with an empty one.`
    }
  }
  return { store: keep(openFile(folder), empty), notice: null }
}

type File = Store

function openFile(folder: string): File {
  return new Store({ cwd: folder, name: fileName, accessPropertiesByDotNotation: false })
}

function readOrNull(folder: string): { readonly file: File; readonly stored: Stored } | null {
  try {
    const file = openFile(folder)
    const stored = parseStored(file.store)
    return stored === null ? null : { file, stored }
  } catch {
    // Not JSON; the caller sets the file aside.
    return null
  }
}

function keep(file: File, stored: Stored): ShellStore {
  let current = stored
  const write = (next: Stored): void => {
    file.store = { ...next }
    current = next
  }
  return {
    profiles: () => current.profiles,
    writeProfiles: (profiles) => write({ ...current, profiles: profiles.map(plain) }),
    trusts: () => current.trusts,
    writeTrusts: (trusts) => write({ ...current, trusts: { ...trusts } }),
    options: () => current.options,
    writeOptions: (options) => write({ ...current, options: mapped(options) }),
    settings: () => current.settings,
    writeSettings: (settings) => write({ ...current, settings: { ...settings } }),
    bounds: () => current.bounds,
    writeBounds: (bounds) => write({ ...current, bounds: { ...bounds } })
  }
}

function mapped(options: Readonly<Record<string, ServerOptions>>): Stored['options'] {
  return Object.fromEntries(
    Object.entries(options).map(([endpoint, { domains, queues }]) => [
      endpoint,
      { domains: [...domains], queues: [...queues] }
    ])
  )
}

/** Only what a profile is: nothing else a caller's object carries reaches the file. */
function plain({ connectionId, name, endpoint, projectId, environment }: Profile): Profile {
  return { connectionId, name, endpoint, projectId, environment }
}
