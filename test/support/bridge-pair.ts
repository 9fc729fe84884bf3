import type { Frame, Standby } from '../../src-main/contract/bridge.ts'
import type { Reply } from '../../src-main/contract/fault.ts'
import { Session, type SessionOptions } from '../../src-main/services/bridge/session.ts'

/**
 * Page and main in one process: every message passes through structured clone, as it does on Electron, and frames
 * arrive later than the call that caused them.
 */
export function bridgePair(options: Omit<SessionOptions, 'post'>): {
  readonly standby: Standby
  readonly session: Session
} {
  const listeners = new Map<string, (frame: Frame) => void>()
  const post = (id: string, frame: Frame): void => {
    const copy = structuredClone(frame)
    queueMicrotask(() => listeners.get(id)?.(copy))
  }
  const session = new Session({ ...options, post })
  const across = async <Value>(answer: () => Reply<Value> | Promise<Reply<Value>>): Promise<Reply<Value>> => {
    await Promise.resolve()
    return structuredClone(await answer())
  }
  const standby: Standby = {
    request: (id, name, args) => across(() => session.request(id, name, structuredClone(args))),
    cancel: (id) => across(() => session.cancel(id)),
    open: (id, name, args, listener) => {
      listeners.set(id, listener)
      return across(() => session.open(id, name, structuredClone(args)))
    },
    ack: (id, seq) => across(() => session.ack(id, seq)),
    close: (id) => across(() => session.close(id))
  }
  return { standby, session }
}
