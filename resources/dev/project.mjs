import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The clone's top folder, absolute. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')

/** The rig acts for another user when this is so: Chromium's sandbox refuses root. */
export const isRoot = process.getuid?.() === 0

/**
 * Says one line on stderr; stdout belongs to what the rig runs.
 * @param {string} line
 */
export function note(line) {
  process.stderr.write(`standby: ${line}\n`)
}

/**
 * True when the module was started by `node <file>` and not imported.
 * @param {string} moduleUrl the module's `import.meta.url`
 */
export function isEntryPoint(moduleUrl) {
  const entry = process.argv[1]
  return entry !== undefined && path.resolve(entry) === fileURLToPath(moduleUrl)
}
