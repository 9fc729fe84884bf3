import { Message, sessionBus, type MessageBus } from '@jellybrick/dbus-next'
import { once } from 'node:events'

/** An answer of a daemon that keeps to no specification; `null` for none, ever. */
export type RudeAnswer =
  { readonly signature: string; readonly body: readonly unknown[] } | { readonly error: string } | null

/** A process on the bus at `address`, inside this one, that is no notification daemon yet. */
export async function joinBus(address: string): Promise<MessageBus> {
  const bus = sessionBus({ busAddress: address })
  // A test may end the bus before this.
  const emitter: NodeJS.EventEmitter = bus
  emitter.on('error', () => undefined)
  await once(bus, 'connect')
  return bus
}

/** A notification daemon that answers each call as it is told. */
export async function startRudeDaemon(address: string, answer: (member: string) => RudeAnswer): Promise<MessageBus> {
  const bus = await joinBus(address)
  bus.addMethodHandler((message) => {
    const answered = answer(message.member)
    if (answered === null) return true
    if ('error' in answered) bus.send(Message.newError(message, answered.error, 'no'))
    else bus.send(Message.newMethodReturn(message, answered.signature, [...answered.body]))
    return true
  })
  await bus.requestName('org.freedesktop.Notifications')
  return bus
}

/** Sends a signal as a notification daemon would. */
export function tell(bus: MessageBus, member: string, signature: string, ...body: readonly unknown[]): void {
  const name = 'org.freedesktop.Notifications'
  bus.send(Message.newSignal('/org/freedesktop/Notifications', name, member, signature, [...body]))
}
