/** One value of a series at one time, as far as a judgement needs it; `null` is a gap, which speaks for nothing. */
export interface Reading {
  readonly atMs: number
  readonly value: number | null
}
