import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** An exchange with a real server, as recorded beside the project. */
export interface Recording {
  readonly name: string
  readonly version: string
  readonly request: {
    readonly method: string
    readonly url: string
    readonly key: string | null
    readonly body: unknown
  }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string | string[]>>
    readonly body: unknown
  }
}

const root = new URL('../../../../../shared/api/recorded/', import.meta.url)

export const recordedVersions = ['1.5.11', '1.7.5', '1.9.6'] as const

/** Tests that need the recordings are skipped, and say so, where they are not beside the project. */
export const areThere = existsSync(root)

export function recordingsOf(version: string): readonly Recording[] {
  if (!areThere) return []
  const folder = new URL(`${version}/`, root)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      // The recorder wrote these files in this shape.
      const read = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Omit<Recording, 'name' | 'version'>
      return { ...read, name: file.replace(/\.json$/, ''), version }
    })
}
