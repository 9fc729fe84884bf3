import { shell } from 'electron'
import { Failure } from '../core/failure.ts'

/** Shows a folder of this app's own in the file manager. Throws `missing` where there is none to show it. */
export async function openFolder(folder: string): Promise<void> {
  const complaint = await shell.openPath(folder)
  if (complaint !== '') throw new Failure({ code: 'missing', message: `This machine opens no folders: ${complaint}` })
}
