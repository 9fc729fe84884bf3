import type { Bus, BusSignal } from './bus.ts'
import type { DaemonTraits } from './daemon-replies.ts'

/** The name a notification daemon takes on the session's bus, by the Desktop Notifications Specification. */
export const daemonName = 'org.freedesktop.Notifications'

const place = { path: '/org/freedesktop/Notifications', interface: daemonName }

/** One process that shows notices. Addressed by its own name on the bus: its successor knows nothing of its ids. */
export interface Daemon {
  readonly bus: Bus
  /** Such as `:1.42`; never given twice by one bus. */
  readonly owner: string
  /** Of the bus: no two are alike. */
  readonly busId: string
  readonly traits: DaemonTraits
}

export function callDaemon(
  { bus, owner }: Pick<Daemon, 'bus' | 'owner'>,
  member: string,
  signature = '',
  body: readonly unknown[] = []
): Promise<readonly unknown[]> {
  return bus.call({ ...place, destination: owner, member, signature, body })
}

/** Whether ids of the one mean the same to the other. */
export function isSameDaemon(one: Daemon | null, other: Daemon | null): boolean {
  return one?.bus === other?.bus && one?.owner === other?.owner
}

/** Names a daemon between starts of the app. */
export const lastingName = ({ busId, owner }: Daemon): string => `${busId} ${owner}`

/** Anybody on the bus can send a signal of this interface. */
export function isFrom(daemon: Daemon, signal: BusSignal): boolean {
  return signal.sender === daemon.owner && signal.interface === daemonName
}
