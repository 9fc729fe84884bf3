import type { Clock } from '../../services/ports.ts'

/**
 * What `promise` comes to, or a rejection with what `late` makes once `ms` have passed. The promise goes on, and may come
 * to something that nobody waits for any more.
 */
export function within<Value>(clock: Clock, ms: number, promise: Promise<Value>, late: () => Error): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(ms, () => reject(late()))
    promise.then(resolve, reject).finally(stop)
  })
}
