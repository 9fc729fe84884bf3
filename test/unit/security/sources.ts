import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')

/** The text of every TypeScript file below a folder of the project, by its path from the top. */
export function sourcesIn(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map(paths.map((path) => [path.slice(root.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]))
}

/** A file at the project's top. */
export function readTop(name: string): string {
  return readFileSync(join(root, name), 'utf8')
}
