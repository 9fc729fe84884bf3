import { watch } from 'node:fs'
import path from 'node:path'
import { note } from './project.mjs'
import { restage } from './stage.mjs'
import { sessionId } from './user.mjs'

/**
 * Carries changes of some of the project's folders to its stage while a command runs there: a stage is a snapshot, and
 * hot reload needs more.
 * @param {readonly string[]} folders
 * @param {string} project
 * @param {string} staged
 * @returns {() => void} ends it
 */
export function mirror(folders, project, staged) {
  const watchers = folders.map((folder) =>
    watch(path.join(project, folder), { recursive: true }, (_event, name) => {
      if (name === null) return
      try {
        restage(path.join(project, folder, name), path.join(staged, folder, name), sessionId)
      } catch (error) {
        note(`${path.join(folder, name)} did not reach the stage: ${error instanceof Error ? error.message : error}`)
      }
    })
  )
  return () => watchers.forEach((watcher) => watcher.close())
}
