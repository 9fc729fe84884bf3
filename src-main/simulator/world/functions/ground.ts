import type { Clock } from '../clock.ts'
import type { Troubles } from '../troubles.ts'

/** What everything in a project follows from. */
export interface Ground {
  /** The project's own. */
  readonly seed: number
  readonly clock: Clock
  readonly troubles: Troubles
}
