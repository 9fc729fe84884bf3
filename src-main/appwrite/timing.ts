/** The clock and the dice of a transport, so that a test can hold both. */
export interface Timing {
  /** Monotonic, in milliseconds. */
  now(): number
  /** In [0, 1). */
  random(): number
  /** Calls once, after this many milliseconds; the result takes it back. */
  after(ms: number, run: () => void): () => void
}

export const systemTiming: Timing = {
  now: () => performance.now(),
  random: () => Math.random(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
}

/** Resolves after this time, or as soon as the signal is aborted. */
export function pause(ms: number, timing: Timing, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = (): void => {
      takeBack()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const takeBack = timing.after(ms, done)
    signal.addEventListener('abort', done, { once: true })
  })
}
