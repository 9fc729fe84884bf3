import { crc32 } from 'node:zlib'

/** Thrown for bytes that are not what was written: flipped on the disk, or cut. */
export class Damaged extends Error {}

/** What bytes are of: it goes into their checksum, so that those of another place never pass for its own. */
export interface PlaceKey {
  readonly resolution: number
  readonly fromMs: number
}

const encoder = new TextEncoder()

/** Of any text and bytes that belong together. */
export function checksum(text: string, bytes: Uint8Array = new Uint8Array(0)): number {
  return crc32(bytes, crc32(encoder.encode(text)))
}

/** The bytes behind their checksum. */
export function sealBytes({ resolution, fromMs }: PlaceKey, name: string, bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(bytes.length + 4)
  all.set(bytes, 4)
  new DataView(all.buffer).setUint32(0, checksum(`${resolution} ${fromMs} ${name}`, bytes))
  return all
}

/** The bytes that `sealBytes` was given. Throws `Damaged` unless they are exactly those. */
export function openBytes({ resolution, fromMs }: PlaceKey, name: string, all: Uint8Array): Uint8Array {
  if (all.length < 4) throw new Damaged('bytes end too soon')
  const bytes = all.subarray(4)
  const told = new DataView(all.buffer, all.byteOffset).getUint32(0)
  if (told !== checksum(`${resolution} ${fromMs} ${name}`, bytes)) throw new Damaged('checksum')
  return bytes
}
