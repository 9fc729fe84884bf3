import type { Fault, Reply } from './fault.ts'

declare const types: unique symbol

/** A question with one answer. */
export interface Call<Args, Value> {
  readonly kind: 'call'
  readonly [types]?: { args: Args; value: Value }
}

/** A live view: a snapshot, then deltas that the page folds into it. */
export interface Feed<Args, Snapshot, Delta> {
  readonly kind: 'feed'
  readonly [types]?: { args: Args; snapshot: Snapshot; delta: Delta }
}

export const call = <Args, Value>(): Call<Args, Value> => ({ kind: 'call' })
export const feed = <Args, Snapshot, Delta>(): Feed<Args, Snapshot, Delta> => ({ kind: 'feed' })

/** The arguments of a call or feed that takes none. */
export type Nothing = Readonly<Record<string, never>>

/**
 * What main sends for an open feed, one in flight: the next one follows the page's acknowledgement of `seq`.
 * What piled up past the limit meanwhile is replaced by a new snapshot; `end` is the last frame.
 */
export type Frame<Snapshot = unknown, Delta = unknown> =
  | { readonly kind: 'snapshot'; readonly seq: number; readonly value: Snapshot }
  | { readonly kind: 'deltas'; readonly seq: number; readonly values: readonly Delta[] }
  | { readonly kind: 'end'; readonly seq: number; readonly fault: Fault | null }

/** The longest id a page may give to a call or feed. */
export const maxIdLength = 64

/** The five functions the page finds under `window.standby`, and nothing else. Ids are chosen by the page. */
export interface Standby {
  request(id: string, name: string, args: unknown): Promise<Reply<unknown>>
  cancel(id: string): Promise<Reply<null>>
  open(id: string, name: string, args: unknown, listener: (frame: Frame) => void): Promise<Reply<null>>
  ack(id: string, seq: number): Promise<Reply<null>>
  close(id: string): Promise<Reply<null>>
}

/** The names of the IPC channels, known to the preload and to main's one `ipcMain` user. */
export const channels = {
  request: 'standby:request',
  cancel: 'standby:cancel',
  open: 'standby:open',
  ack: 'standby:ack',
  close: 'standby:close',
  frame: 'standby:frame'
} as const
