import type { Clock } from './ports.ts'

/** Many asks within `delayMs` are one act at its end. */
export interface Coalesced {
  readonly ask: () => void
  /** Takes back what was asked; asks after it do nothing. */
  readonly stop: () => void
}

export function coalesced(clock: Clock, delayMs: number, act: () => void): Coalesced {
  let takeBack: (() => void) | null = null
  let isStopped = false
  return {
    ask: () => {
      if (takeBack !== null || isStopped) return
      takeBack = clock.after(delayMs, () => {
        takeBack = null
        act()
      })
    },
    stop: () => {
      isStopped = true
      takeBack?.()
    }
  }
}
