import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One exchange with a real server, as recorded beside the project. */
export interface Recording {
  readonly name: string
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly key: string | null
    readonly body: unknown
  }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: unknown
    readonly elapsedMs: number
  }
}

const folder = fileURLToPath(new URL('../../../../shared/api/recorded/1.5.11/', import.meta.url))

export const areThere = existsSync(folder)

/** The recordings whose name passes; none when they are not beside the project. */
export function recordings(passes: (name: string) => boolean): readonly Recording[] {
  if (!areThere) return []
  const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
  return names.filter(passes).map((name) => {
    // The recorder wrote these files in this shape.
    const parsed = JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')) as Omit<Recording, 'name'>
    return { ...parsed, name }
  })
}
