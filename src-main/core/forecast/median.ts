/** The median of the first values, which it puts in order. */
export function median(values: Float64Array, count: number): number {
  const own = values.subarray(0, count).sort()
  const half = count >> 1
  return count % 2 === 1 ? (own[half] ?? 0) : ((own[half - 1] ?? 0) + (own[half] ?? 0)) / 2
}
