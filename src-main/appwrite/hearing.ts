import type { Fault } from '../contract/fault.ts'
import { Failure } from '../core/failure.ts'
import type { Operation } from './offers.ts'

/** Told how each operation that was sent ended, `null` for an answer: what a server offers is learnt from that. */
export type Hear = (operation: Operation, fault: Fault | null) => void

/** Runs what sends an operation and tells how it ended. */
export async function heard<Value>(
  hear: Hear | undefined,
  operation: Operation,
  send: () => Promise<Value>
): Promise<Value> {
  try {
    const value = await send()
    hear?.(operation, null)
    return value
  } catch (thrown) {
    if (thrown instanceof Failure) hear?.(operation, thrown.fault)
    throw thrown
  }
}
