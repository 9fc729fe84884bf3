/** The median of the first values, which it moves about: by selection, since nobody needs them in order. */
export function median(values: Float64Array, count: number): number {
  if (count === 0) return 0
  const half = count >> 1
  const upper = selected(values, count, half)
  if (count % 2 === 1) return upper
  // Selection leaves nothing above it before the middle.
  let lower = -Infinity
  for (let i = 0; i < half; i++) lower = Math.max(lower, values[i] ?? lower)
  return (lower + upper) / 2
}

/** The value that would stand at `index` in order; what is smaller stands before it afterwards (Hoare's selection). */
function selected(values: Float64Array, count: number, index: number): number {
  const at = (i: number): number => values[i] ?? 0
  let left = 0
  let right = count - 1
  while (left < right) {
    const pivot = at((left + right) >> 1)
    let i = left
    let j = right
    while (i <= j) {
      while (at(i) < pivot) i++
      while (at(j) > pivot) j--
      if (i > j) break
      const kept = at(i)
      values[i++] = at(j)
      values[j--] = kept
    }
    if (index <= j) right = j
    else if (index >= i) left = i
    else break
  }
  return at(index)
}
