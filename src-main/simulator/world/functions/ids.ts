import type { Dice } from './dice.ts'

// The seconds are eight digits long until 2106.
const idForm = /^([0-9a-f]{8,9})([0-9a-f]{5})[0-9a-f]{7}$/

/** An id as Appwrite generates it: seconds and microseconds of its moment, then chance. 20 hexadecimal characters. */
export function idAt(atMs: number, dice: Dice): string {
  const seconds = Math.floor(atMs / 1000)
  const micros = Math.floor(atMs - seconds * 1000) * 1000 + dice.int(0, 999)
  return `${seconds.toString(16).padStart(8, '0')}${micros.toString(16).padStart(5, '0')}${dice.hex(7)}`
}

/** The moment a generated id was made at, Unix milliseconds; `null` for an id that was chosen. */
export function momentOf(id: string): number | null {
  const [, seconds, micros] = idForm.exec(id) ?? []
  if (seconds === undefined || micros === undefined) return null
  return Number.parseInt(seconds, 16) * 1000 + Math.floor(Number.parseInt(micros, 16) / 1000)
}
