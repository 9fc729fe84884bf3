import type { Mark } from '../../../src-main/contract/marks.ts'
import type { Area } from './cursor.ts'

/** One flag on the time axis: a mark, or several too near to each other to be told apart. */
export interface Flag {
  /** In CSS pixels of the canvas, of the first of them. */
  readonly left: number
  /** Oldest first, never empty. */
  readonly marks: readonly Mark[]
}

// Two flags nearer than this, in CSS pixels, would cover each other.
const nearest = 10

/** Where the marks of a window stand; those outside of it have no flag. `marks` are in the order of time. */
export function flagsOf(marks: readonly Mark[], fromMs: number, toMs: number, area: Area): readonly Flag[] {
  const flags: { readonly left: number; readonly marks: Mark[] }[] = []
  for (const mark of marks) {
    const share = (mark.atMs - fromMs) / (toMs - fromMs)
    if (share < 0 || share > 1) continue
    const left = area.left + share * (area.right - area.left)
    const before = flags.at(-1)
    if (before !== undefined && left - before.left < nearest) before.marks.push(mark)
    else flags.push({ left, marks: [mark] })
  }
  return flags
}
