import { afterEach } from 'vitest'
import { ServerClient } from '../../../src-main/appwrite/client.ts'
import type { Health } from '../../../src-main/appwrite/health.ts'
import { Transport, type TransportOptions } from '../../../src-main/appwrite/transport.ts'
import { credentials, type Listener } from './listener.ts'

const opened: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

/** Closes it after the test. */
export function closing<Closable extends { close(): Promise<void> }>(one: Closable): Closable {
  opened.push(one)
  return one
}

export async function listening<Opened extends Listener>(listener: Promise<Opened>): Promise<Opened> {
  return closing(await listener)
}

export function transportTo(listener: Listener, options: Partial<TransportOptions> = {}): Transport {
  return closing(new Transport({ endpoint: listener.endpoint, deadlineMs: 2000, ...options }))
}

export function healthOf(listener: Listener, options: Partial<TransportOptions> = {}): Health {
  const client = closing(new ServerClient({ endpoint: listener.endpoint, deadlineMs: 2000, ...options }))
  return client.health(credentials)
}
