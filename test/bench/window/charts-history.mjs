// A history for the bench of the charts: samples every ten seconds up to now, reduced to lowest, highest and newest of
// each bucket as `history.query` answers them. It stands in for the store where no profile with a real one is given.
const everyMs = 10_000

/** The queue in focus first; the others after it come in whatever order they are asked for. */
const order = ['depth/functions', 'depth/builds', 'depth/databases']

/**
 * @param {number} length samples of each series
 * @param {number} full how many queues have all of them; the others have a thousandth
 */
export function benchHistory(length, full) {
  const columns = new Map()

  function samplesOf(series) {
    let made = columns.get(series)
    if (made !== undefined) return made
    const rank = order.indexOf(series)
    const isFull = series.startsWith('depth/') && (rank === -1 ? order.length : rank) < full
    const size = isFull ? length : Math.ceil(length / 1000)
    const lastMs = Math.floor(Date.now() / everyMs) * everyMs
    let seed = [...series].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) >>> 0
    let depth = 800
    made = { atMs: new Float64Array(size), value: new Float64Array(size) }
    for (let i = 0; i < size; i++) {
      seed = (seed * 1_664_525 + 1_013_904_223) >>> 0
      depth = Math.max(0, depth + (seed >>> 24) - 127 + (depth > 3000 ? -20 : 5))
      made.atMs[i] = lastMs - (size - 1 - i) * everyMs
      made.value[i] = depth
    }
    columns.set(series, made)
    return made
  }

  return ({ serverId, series, fromMs, toMs, points }) => ({
    serverId,
    fromMs,
    toMs,
    stepMs: Math.max(0, (toMs - fromMs) / points),
    series: series.map((name) => reduced(name, samplesOf(name), fromMs, toMs, points)),
    unwatched: [],
    marks: []
  })
}

function reduced(series, { atMs, value }, fromMs, toMs, points) {
  const first = firstFrom(atMs, fromMs)
  const end = firstFrom(atMs, toMs)
  if (end - first <= points) {
    const last = value.slice(first, end)
    return { series, atMs: atMs.slice(first, end), min: last, max: last, last }
  }
  const made = { series, atMs: [], min: [], max: [], last: [] }
  const stepMs = (toMs - fromMs) / points
  let bucket = -1
  for (let i = first; i < end; i++) {
    const here = Math.floor((atMs[i] - fromMs) / stepMs)
    if (here !== bucket) {
      bucket = here
      made.atMs.push(atMs[i])
      made.min.push(value[i])
      made.max.push(value[i])
      made.last.push(value[i])
      continue
    }
    const at = made.last.length - 1
    if (value[i] < made.min[at]) made.min[at] = value[i]
    if (value[i] > made.max[at]) made.max[at] = value[i]
    made.last[at] = value[i]
  }
  for (const name of ['atMs', 'min', 'max', 'last']) made[name] = Float64Array.from(made[name])
  return made
}

/** The index of the first time that is not before `wantedMs`. */
function firstFrom(atMs, wantedMs) {
  let low = 0
  let high = atMs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (atMs[middle] < wantedMs) low = middle + 1
    else high = middle
  }
  return low
}
