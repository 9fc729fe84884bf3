import { dialog } from 'electron'
import type { BrowserWindow } from 'electron'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Failure } from '../core/failure.ts'
import type { FileDialogs } from '../services/ports.ts'

/** The system's own file dialogs over `window`: paths come from here, never from the page. */
export function fileDialogs(window: () => BrowserWindow): FileDialogs {
  return {
    save: async (title, suggestedName, text) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), { title, defaultPath: suggestedName })
      if (canceled || filePath === '') return null
      const part = `${filePath}.part`
      try {
        await writeFile(part, text, { flush: true })
        await rename(part, filePath)
      } catch (thrown) {
        throw new Failure({
          code: 'conflict',
          message: `${basename(filePath)} could not be written there. Choose another folder.`,
          detail: thrown instanceof Error ? thrown.message : String(thrown)
        })
      }
      return filePath
    },
    open: async (title, extensions, maxBytes) => {
      const filters = [{ name: title, extensions: [...extensions] }]
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title,
        filters,
        properties: ['openFile']
      })
      const [path] = filePaths
      return canceled || path === undefined ? null : await readText(path, maxBytes)
    }
  }
}

async function readText(path: string, maxBytes: number): Promise<string> {
  const unusable = (message: string, thrown?: unknown): Failure =>
    new Failure({ code: 'invalid', message, ...(thrown instanceof Error ? { detail: thrown.message } : {}) })
  try {
    if ((await stat(path)).size <= maxBytes) return await readFile(path, 'utf8')
  } catch (thrown) {
    throw unusable(`${basename(path)} could not be read. Check that the file is there and yours to read.`, thrown)
  }
  throw unusable(`${basename(path)} is too large to be such a file.`)
}
