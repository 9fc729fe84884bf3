import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'
import { isRoot } from './project.mjs'

/** The user and group of root's sessions: Debian's nobody and nogroup. */
export const sessionId = 65534

/**
 * The words that start a program as the session's user: none, unless that is another one.
 * @returns {string[]}
 */
export function asSessionUser() {
  return isRoot ? ['setpriv', `--reuid=${sessionId}`, `--regid=${sessionId}`, '--clear-groups', '--'] : []
}

/**
 * True when the session's user can run `file`: it and every folder above it are open to all.
 * @param {string} file an absolute path without symbolic links
 */
export function isReachable(file) {
  if (!isRoot) return isAccessible(file)
  if ((statSync(file).mode & 0o005) !== 0o005) return false
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === path.dirname(folder)) return true
  }
}

/** @param {string} file */
function isAccessible(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
