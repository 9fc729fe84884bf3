import type { Level } from '../../../src-main/contract/health.ts'
import type { Unwatched } from '../../../src-main/contract/history.ts'
import type { Mark } from '../../../src-main/contract/marks.ts'
import type { Cone } from './cone.ts'
import type { Point } from './points.ts'
import type { DepthScale } from './scale.ts'

/** Everything a queue's chart shows. */
export interface QueueView {
  readonly points: readonly Point[]
  readonly fromMs: number
  readonly toMs: number
  readonly threshold: number
  readonly scale: DepthScale
  readonly level: Level
  readonly isStale: boolean
  /** Where it goes from the last point. */
  readonly cone?: Cone | null
  /** The same queue at another time, moved onto this axis. */
  readonly compared?: readonly Point[]
  readonly unwatched?: readonly Unwatched[]
  readonly marks?: readonly Mark[]
  /** Where the present is on the axis, when the axis goes on beyond it. */
  readonly nowMs?: number
}
