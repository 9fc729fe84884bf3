import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { channels, type Frame } from '../contract/bridge.ts'
import type { Reply } from '../contract/fault.ts'
import { Session, type SessionOptions } from '../services/bridge/session.ts'

export interface ServeOptions extends Omit<SessionOptions, 'post'> {
  /** The only origin that may speak. */
  readonly origin: string
}

const denied: Reply<never> = { ok: false, fault: { code: 'denied', message: 'This page may not speak to Standby.' } }

/**
 * The one user of `ipcMain`. Each message is taken only from the main frame, at our own origin, of a web contents that
 * `admit` named; it then belongs to that contents' session, which ends with a reload, a crash or the window.
 */
export function serveBridge(options: ServeOptions): { readonly admit: (contents: WebContents) => void } {
  const sessions = new Map<WebContents, Session>()

  const handle = (channel: string, act: (session: Session, args: readonly unknown[]) => unknown): void =>
    ipcMain.handle(channel, (event, ...args: unknown[]) => {
      const session = sessions.get(event.sender)
      return session !== undefined && isOurFrame(event, options.origin) ? act(session, args) : denied
    })
  handle(channels.request, (session, [id, name, args]) => session.request(id, name, args))
  handle(channels.cancel, (session, [id]) => session.cancel(id))
  handle(channels.open, (session, [id, name, args]) => session.open(id, name, args))
  handle(channels.ack, (session, [id, seq]) => session.ack(id, seq))
  handle(channels.close, (session, [id]) => session.close(id))

  return {
    admit: (contents) => {
      const post = (id: string, frame: Frame): void => {
        if (!contents.isDestroyed()) contents.send(channels.frame, id, frame)
      }
      const begin = (): void => void sessions.set(contents, new Session({ ...options, post }))
      const renew = (): void => {
        sessions.get(contents)?.end()
        begin()
      }
      begin()
      contents.on('did-navigate', renew)
      contents.on('render-process-gone', renew)
      contents.on('destroyed', () => {
        sessions.get(contents)?.end()
        sessions.delete(contents)
      })
    }
  }
}

function isOurFrame(event: IpcMainInvokeEvent, origin: string): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && frame.origin === origin
}
