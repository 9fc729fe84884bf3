import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync
} from 'node:fs'
import path from 'node:path'

/** Left out of a stage wherever they lie at the top: history, and what earlier runs left. */
const NEVER_STAGED = ['.git', 'test-results']

/**
 * @typedef {object} StageOptions
 * @property {number} owner user and group id of the copy's folders
 * @property {readonly string[]} [without] further names at the top that are left out
 */

/**
 * Makes `target` a copy of the folder `source` that `owner` can read, and can add to. Files that everyone can read are
 * hard-linked where the file system allows it: they share their inode with the original, so neither mode nor owner of
 * a link is ever touched. All others are copied.
 * @param {string} source
 * @param {string} target must not exist
 * @param {StageOptions} options
 */
export function stage(source, target, { owner, without = [] }) {
  const leftOut = new Set([...NEVER_STAGED, ...without])
  makeFolder(target, owner)
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    if (!leftOut.has(entry.name)) stageEntry(entry, source, target, owner)
  }
}

/**
 * Brings one path of a stage up to date with its original, which may be gone. Copies only: a new link would change the
 * original's inode, and so wake whoever watches it, which is who calls this.
 * @param {string} source
 * @param {string} target
 * @param {number} owner
 */
export function restage(source, target, owner) {
  rmSync(target, { recursive: true, force: true })
  const entry = readdirSync(path.dirname(source), { withFileTypes: true }).find(
    ({ name }) => name === path.basename(source)
  )
  if (entry === undefined) return
  if (!existsSync(path.dirname(target))) return restage(path.dirname(source), path.dirname(target), owner)
  stageEntry(entry, path.dirname(source), path.dirname(target), owner, copyFile)
}

/**
 * Brings what a run left in the stage's folder `name` back to the original, each entry in place of the one of its name;
 * other runs' entries stay.
 * @param {string} staged
 * @param {string} original
 * @param {string} name
 */
export function takeBack(staged, original, name) {
  const left = path.join(staged, name)
  if (!existsSync(left)) return
  for (const entry of readdirSync(left)) {
    const target = path.join(original, name, entry)
    rmSync(target, { recursive: true, force: true })
    cpSync(path.join(left, entry), target, { recursive: true, verbatimSymlinks: true })
  }
}

/**
 * @param {import('node:fs').Dirent} entry
 * @param {string} sourceFolder
 * @param {string} targetFolder
 * @param {number} owner
 * @param {(source: string, target: string, owner: number) => void} [place] puts a file into the stage
 */
function stageEntry(entry, sourceFolder, targetFolder, owner, place = stageFile) {
  const source = path.join(sourceFolder, entry.name)
  const target = path.join(targetFolder, entry.name)
  if (entry.isDirectory()) {
    makeFolder(target, owner)
    for (const child of readdirSync(source, { withFileTypes: true })) stageEntry(child, source, target, owner, place)
  } else if (entry.isSymbolicLink()) {
    symlinkSync(readlinkSync(source), target)
    lchownSync(target, owner, owner)
  } else if (entry.isFile()) {
    place(source, target, owner)
  }
}

/**
 * Puts one file where `owner` can read it: a link to it if it is open to all, else a copy.
 * @param {string} source
 * @param {string} target
 * @param {number} owner
 */
export function stageFile(source, target, owner) {
  const { mode } = statSync(source)
  const neededByAll = (mode & 0o100) === 0 ? 0o004 : 0o005
  if ((mode & neededByAll) !== neededByAll || !isLinked(source, target)) copyFile(source, target, owner)
}

/**
 * @param {string} source
 * @param {string} target
 * @param {number} owner
 */
function copyFile(source, target, owner) {
  copyFileSync(source, target)
  chmodSync(target, (statSync(source).mode & 0o100) === 0 ? 0o644 : 0o755)
  chownSync(target, owner, owner)
}

/**
 * @param {string} source
 * @param {string} target
 */
function isLinked(source, target) {
  try {
    linkSync(source, target)
    return true
  } catch {
    // Another file system, or one without hard links.
    return false
  }
}

/**
 * @param {string} folder
 * @param {number} owner
 */
function makeFolder(folder, owner) {
  mkdirSync(folder)
  chmodSync(folder, 0o755)
  chownSync(folder, owner, owner)
}
