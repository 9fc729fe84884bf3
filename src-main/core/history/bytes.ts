/** Whole numbers within ±2^36 can be kept: the sum of a day of them, one a second, is still exact. */
export const valueLimit = 2 ** 36

/** Folds negative numbers between the others, so that small ones of both signs stay small: 0, −1, 1, −2, … */
const folded = (value: number): number => (value < 0 ? -value * 2 - 1 : value * 2)
const unfolded = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2)

/** Writes whole numbers as varints: seven bits a byte, lowest first. Arithmetic, not bits: times exceed 32 of them. */
export class ByteWriter {
  #bytes = new Uint8Array(256)
  #length = 0

  byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes[this.#length++] = value
  }

  /** Of a whole number from 0 to 2^53. */
  count(value: number): void {
    let rest = value
    while (rest >= 128) {
      this.byte((rest % 128) + 128)
      rest = Math.floor(rest / 128)
    }
    this.byte(rest)
  }

  /** Of a whole number within ±2^52. */
  signed(value: number): void {
    this.count(folded(value))
  }

  append(bytes: Uint8Array): void {
    for (const byte of bytes) this.byte(byte)
  }

  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }
}

/** Reads what `ByteWriter` wrote. Throws a `RangeError` past the end: the bytes are not what they claim to be. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw new RangeError('bytes end too soon')
    return byte
  }

  count(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.byte()
      value += (byte & 127) * scale
      if (byte < 128) return value
      scale *= 128
      if (scale > 2 ** 49) throw new RangeError('a number is too long')
    }
  }

  signed(): number {
    return unfolded(this.count())
  }

  /** All that is left. */
  rest(): Uint8Array {
    return this.take(this.#bytes.length - this.#at)
  }

  take(length: number): Uint8Array {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('bytes end too soon')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}
