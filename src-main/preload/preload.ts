import { contextBridge, ipcRenderer } from 'electron'
import { channels, type Frame, type Standby } from '../contract/bridge.ts'
import { isName } from '../contract/contract.ts'
import type { Reply } from '../contract/fault.ts'

const listeners = new Map<string, (frame: Frame) => void>()

const refusal: Reply<never> = { ok: false, fault: { code: 'unsupported', message: 'Standby has no such call.' } }

const standby: Standby = {
  request: async (id, name, args) => (isName(name, 'call') ? invoke(channels.request, id, name, args) : refusal),
  cancel: (id) => invoke(channels.cancel, id),
  open: async (id, name, args, listener) => {
    if (!isName(name, 'feed') || typeof listener !== 'function' || listeners.has(id)) return refusal
    listeners.set(id, listener)
    const reply = await invoke<null>(channels.open, id, name, args)
    if (!reply.ok) listeners.delete(id)
    return reply
  },
  ack: (id, seq) => invoke(channels.ack, id, seq),
  close: (id) => {
    listeners.delete(id)
    return invoke(channels.close, id)
  }
}

async function invoke<Value>(channel: string, ...args: unknown[]): Promise<Reply<Value>> {
  try {
    // Main answers every message with a Reply: services/bridge/session.ts is the other end.
    return (await ipcRenderer.invoke(channel, ...args)) as Reply<Value>
  } catch {
    // What cannot be cloned never leaves; an Error thrown at the page would lose its fields.
    return { ok: false, fault: { code: 'invalid', message: 'Standby cannot read what was sent.' } }
  }
}

ipcRenderer.on(channels.frame, (_event, id: string, frame: Frame) => {
  const listener = listeners.get(id)
  if (frame.kind === 'end') listeners.delete(id)
  listener?.(frame)
})

contextBridge.exposeInMainWorld('standby', standby)
