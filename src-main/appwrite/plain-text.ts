/** Control characters, and invisible ones that reorder or hide text on screen. */
const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

/** The shortest stretch that counts as a piece of the key; longer than the `standard_` all newer keys begin with. */
const pieceLength = 12
const mask = '[API key]'

/** Bounds the work on a text of megabytes; a key cut in two here is still masked piece by piece. */
const looked = 8192

/**
 * A text of the server or of an error as one line of at most `maxLength` characters, without control characters and
 * without the key. Cleaned before it is searched: a key echoed with a control character inside would pass unseen.
 */
export function plainLine(text: string, secret: string | null, maxLength: number): string {
  const clean = text.slice(0, looked).replace(/\s+/g, ' ').replace(steering, '').trim()
  const safe = withoutSecret(clean, secret)
  return safe.length > maxLength ? `${safe.slice(0, maxLength - 1)}…` : safe
}

/** The text with the key masked: whole, in other letter case, or any stretch of it of twelve characters and more. */
export function withoutSecret(text: string, secret: string | null): string {
  if (secret === null || secret === '') return text
  if (secret.length < pieceLength) return text.replaceAll(secret, mask)
  const key = secret.toLowerCase()
  let result = ''
  let at = 0
  while (at < text.length) {
    const end = endOfPiece(text, at, key)
    if (end === at) result += text.charAt(at)
    else if (!result.endsWith(mask)) result += mask
    at = end === at ? at + 1 : end
  }
  return result
}

function endOfPiece(text: string, start: number, key: string): number {
  let length = pieceLength
  if (start + length > text.length || !key.includes(text.slice(start, start + length).toLowerCase())) return start
  while (start + length < text.length && key.includes(text.slice(start, start + length + 1).toLowerCase())) length += 1
  return start + length
}
