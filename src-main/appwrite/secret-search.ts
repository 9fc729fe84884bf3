/** The shortest stretch that counts as a piece of the key; longer than the `standard_` all newer keys begin with. */
export const pieceLength = 12

/** The low five bits of a character: the same for a letter in either case. */
const foldMask = 0x1f
const tripletCount = 0x8000

/**
 * Finds pieces of a secret, of twelve characters and more in any letter case, in texts of megabytes: it looks at three
 * characters out of ten unless they occur in the secret.
 */
export class SecretSearch {
  readonly #secret: string
  readonly #triplets = new Uint8Array(tripletCount)

  /** The secret has at least `pieceLength` characters. */
  constructor(secret: string) {
    this.#secret = secret.toLowerCase()
    for (let at = 0; at + 3 <= secret.length; at += 1) this.#triplets[tripletAt(secret, at)] = 1
  }

  /** Where the first piece begins at or after `from`; -1 for none. */
  indexIn(text: string, from: number): number {
    const triplets = this.#triplets
    const last = text.length - pieceLength
    let start = from
    while (start <= last) {
      // A piece at `start` would have all ten triplets of its window in the secret; the last one missing rules out ten.
      let at = start + pieceLength - 3
      while (at >= start && triplets[tripletAt(text, at)] === 1) at -= 1
      if (at < start && this.#has(text.slice(start, start + pieceLength))) return start
      start = at < start ? start + 1 : at + 1
    }
    return -1
  }

  /** Where the piece that begins at `start` ends. */
  endIn(text: string, start: number): number {
    let end = start + pieceLength
    while (end < text.length && this.#has(text.slice(start, end + 1))) end += 1
    return end
  }

  #has(piece: string): boolean {
    return this.#secret.includes(piece.toLowerCase())
  }
}

function tripletAt(text: string, at: number): number {
  return (
    ((text.charCodeAt(at) & foldMask) << 10) |
    ((text.charCodeAt(at + 1) & foldMask) << 5) |
    (text.charCodeAt(at + 2) & foldMask)
  )
}
