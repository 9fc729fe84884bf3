/** A 32-bit number for a text, so that every part of the world can have its own stream of chance. */
export function saltOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** A number in [0, 1) that depends on its arguments alone; `index` may be any integer. */
export function chance(seed: number, salt: number, index: number): number {
  const high = Math.floor(index / 0x1_0000_0000)
  return mix(mix(mix(seed ^ salt) ^ (index >>> 0)) ^ high) / 0x1_0000_0000
}

/** A smooth curve in [0, 1) with a new turning point every `periodMs`; known at any time without the times before. */
export function smoothNoise(seed: number, salt: number, atMs: number, periodMs: number): number {
  const position = atMs / periodMs
  const knot = Math.floor(position)
  const part = position - knot
  const ease = part * part * (3 - 2 * part)
  const from = chance(seed, salt, knot)
  return from + (chance(seed, salt, knot + 1) - from) * ease
}
