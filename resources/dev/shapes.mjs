/**
 * A shape is a question: whether a point lies in it. Lengths are pixels, y goes down.
 * @typedef {(x: number, y: number) => boolean} Shape
 */
/** @typedef {readonly [number, number]} Point */

/**
 * @param {Point} middle
 * @param {number} radius
 * @returns {Shape}
 */
export const disc =
  ([mx, my], radius) =>
  (x, y) =>
    (x - mx) ** 2 + (y - my) ** 2 <= radius ** 2

/**
 * The rim of a disc, `width` inwards, in `count` dashes; the first is centred at the top.
 * @param {Point} middle
 * @param {number} radius
 * @param {number} width
 * @param {number} count
 * @param {number} share of a dash in a dash and its gap, 0–1
 * @returns {Shape}
 */
export const dashes =
  ([mx, my], radius, width, count, share) =>
  (x, y) => {
    const squared = (x - mx) ** 2 + (y - my) ** 2
    if (squared > radius ** 2 || squared < (radius - width) ** 2) return false
    const turns = (Math.atan2(x - mx, my - y) / (2 * Math.PI)) * count + share / 2
    return turns - Math.floor(turns) < share
  }

/**
 * Lines through their points, of one width and with round ends.
 * @param {readonly (readonly Point[])[]} lines
 * @param {number} width
 * @returns {Shape}
 */
export function strokes(lines, width) {
  const parts = lines.flatMap((line) => line.slice(1).map((to, index) => ({ from: line[index] ?? to, to })))
  const [xs, ys] = [lines.flat().map(([x]) => x), lines.flat().map(([, y]) => y)]
  const [left, right] = [Math.min(...xs) - width / 2, Math.max(...xs) + width / 2]
  const [top, bottom] = [Math.min(...ys) - width / 2, Math.max(...ys) + width / 2]
  // Most points are far away, and cheaply told.
  const isNear = (/** @type {number} */ x, /** @type {number} */ y) =>
    x >= left && x <= right && y >= top && y <= bottom
  return (x, y) => isNear(x, y) && parts.some(({ from, to }) => distanceSquared(x, y, from, to) <= (width / 2) ** 2)
}

/**
 * A convex polygon with rounded corners.
 * @param {readonly Point[]} corners clockwise as seen
 * @param {number} radius of its corners
 * @param {number} inset how much smaller it is on every side
 * @returns {Shape}
 */
export function polygon(corners, radius, inset) {
  const sides = corners.map((from, index) => sideOf(from, corners[(index + 1) % corners.length] ?? from))
  // A smaller polygon, grown by the radius again.
  const inner = sides.map((side, index) => meeting(sides.at(index - 1) ?? side, side, radius + inset))
  const rim = strokes([[...inner, ...inner.slice(0, 1)]], 2 * radius)
  return (x, y) => {
    let depth = Infinity
    for (const { nx, ny, at } of sides) depth = Math.min(depth, nx * x + ny * y - at)
    return depth >= inset && (depth >= radius + inset || rim(x, y))
  }
}

/**
 * A side as the line on which nx·x + ny·y = at; inside the polygon it is more.
 * @param {Point} from
 * @param {Point} to
 */
function sideOf([fx, fy], [tx, ty]) {
  const length = Math.hypot(tx - fx, ty - fy)
  const [nx, ny] = [(fy - ty) / length, (tx - fx) / length]
  return { nx, ny, at: nx * fx + ny * fy }
}

/**
 * Where two sides meet once both were moved inwards.
 * @param {ReturnType<typeof sideOf>} one
 * @param {ReturnType<typeof sideOf>} other
 * @param {number} by
 * @returns {Point}
 */
function meeting(one, other, by) {
  const scale = one.nx * other.ny - one.ny * other.nx
  const [a, b] = [one.at + by, other.at + by]
  return [(a * other.ny - one.ny * b) / scale, (one.nx * b - a * other.nx) / scale]
}

/**
 * @param {number} x
 * @param {number} y
 * @param {Point} from
 * @param {Point} to
 */
function distanceSquared(x, y, [fx, fy], [tx, ty]) {
  const squared = (tx - fx) ** 2 + (ty - fy) ** 2
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - fx) * (tx - fx) + (y - fy) * (ty - fy)) / squared))
  return (x - fx - along * (tx - fx)) ** 2 + (y - fy - along * (ty - fy)) ** 2
}
