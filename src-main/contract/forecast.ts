/**
 * When a queue comes to its limit, or runs empty, if it goes on as it does now. The interval holds the moment in four
 * of five cases; where there is no evidence there is no forecast.
 */
export interface Forecast {
  readonly kind: 'to-threshold' | 'to-empty'
  /** Wall times. */
  readonly earliestMs: number
  readonly likelyMs: number
  /** `null`: it may as well never come. */
  readonly latestMs: number | null
  /** The trend it rests on, in jobs per minute, and since when it has been so. */
  readonly perMinute: number
  readonly sinceMs: number
}
