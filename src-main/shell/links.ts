import { shell } from 'electron'
import { Failure } from '../core/failure.ts'
import { webLink } from './web-link.ts'

/** Shows a folder of this app's own in the file manager. Throws `missing` where there is none to show it. */
export async function openFolder(folder: string): Promise<void> {
  const complaint = await shell.openPath(folder)
  if (complaint !== '') throw new Failure({ code: 'missing', message: `This machine opens no folders: ${complaint}` })
}

/** Opens a page in the browser. Throws `invalid` for what is no plain `https:` address, `missing` without a browser. */
export async function openPage(text: string): Promise<void> {
  const link = webLink(text)
  if (link === null)
    throw new Failure({
      code: 'invalid',
      message: 'Only addresses that begin with https:// are opened. Copy this one.'
    })
  try {
    await shell.openExternal(link)
  } catch {
    // What the system says of it names its own programs.
    throw new Failure({ code: 'missing', message: 'This machine opens no pages. Copy the address instead.' })
  }
}
