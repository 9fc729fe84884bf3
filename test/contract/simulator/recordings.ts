import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One exchange with a real server, as recorded beside the project. */
export interface Recording {
  readonly name: string
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    /** Which key was sent: `full`, `expired`, `invalid`, or one named after the scopes it has. */
    readonly key: string | null
    /** Parsed where it was JSON, else as sent. */
    readonly body: unknown
  }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string | readonly string[]>>
    readonly body: unknown
    readonly elapsedMs: number
  }
}

/** The versions there are recordings of. */
export const recordedVersions = ['1.5.11', '1.7.5', '1.9.6'] as const
/** One of them. */
export type RecordedVersion = (typeof recordedVersions)[number]

const folderOf = (version: RecordedVersion) =>
  fileURLToPath(new URL(`../../../../shared/api/recorded/${version}/`, import.meta.url))

/** Whether the recordings of a version are beside the project. */
export const areThere = (version: RecordedVersion) => existsSync(folderOf(version))

/** The recordings whose name passes; none when they are not beside the project. */
export function recordings(version: RecordedVersion, passes: (name: string) => boolean): readonly Recording[] {
  if (!areThere(version)) return []
  const folder = folderOf(version)
  const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
  return names.filter(passes).map((name) => {
    // The recorder wrote these files in this shape.
    const parsed = JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')) as Omit<Recording, 'name'>
    return { ...parsed, name }
  })
}

/** Recordings no state of a project bears on: compared byte for byte but for times, sizes and names. */
export const exactNames =
  /^(health|head-|options-|route-not-found|method-not-found|queue-|locale|versions|ping|host-|https-)|^(db|redis)-(?!.*(functions-list|execution))/

/** Recordings compared by status, type and fields. */
export const shapeNames =
  /^(function|deployment|build|execution|variable|graphql|key-and|project-|gzip-)|^(db|redis)-.*(functions-list|execution)/

/** Recordings of messages and people, compared beside their tests. */
export const messagingNames = /^(message|messages|topics|provider|providers|user|users)-/
