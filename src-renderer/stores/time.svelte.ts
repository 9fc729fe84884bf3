import { createContext } from 'svelte'

/** The one clock of the page: ages, countdowns and the status bar tick together, once a second. */
export class PageTime {
  nowMs = $state(Date.now())
  isUtc = $state(false)

  /** Ticks until the returned function is called. */
  start(): () => void {
    const timer = setInterval(() => (this.nowMs = Date.now()), 1000)
    return () => clearInterval(timer)
  }
}

/** Every component may read the clock; only `App` sets it. */
export const [getTime, setTime] = createContext<PageTime>()
