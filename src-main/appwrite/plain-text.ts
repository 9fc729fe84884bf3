import { pieceLength, SecretSearch } from './secret-search.ts'

/** Control characters, and invisible ones that reorder or hide text on screen. */
const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

const keyMask = '[API key]'
const otherMask = '[secret]'

/** Below this a secret is masked only where it stands as a word: the value `1` must not make `40[secret]` of a status. */
const wordLength = 4

/** Bounds the work on a text of megabytes; a key cut in two here is still masked piece by piece. */
const looked = 8192

/**
 * A text of the server or of an error as one line of at most `maxLength` characters, without control characters and
 * without the key. Cleaned before it is searched: a key echoed with a control character inside would pass unseen.
 */
export function plainLine(
  text: string,
  key: string | null,
  maxLength: number,
  secrets: readonly string[] = []
): string {
  const clean = cleaned(text.slice(0, looked))
  const safe = secrets.reduce((masked, secret) => withoutOther(masked, cleaned(secret)), withoutSecret(clean, key))
  return safe.length > maxLength ? `${safe.slice(0, maxLength - 1)}…` : safe
}

/** The text with the key masked: whole, in other letter case, or any stretch of it of twelve characters and more. */
export function withoutSecret(text: string, key: string | null): string {
  if (key === null || key === '') return text
  if (key.length < pieceLength) return text.replaceAll(key, keyMask)
  return text.length < pieceLength ? text : withoutPieces(text, new SecretSearch(key), keyMask)
}

/** The text with every piece masked; the same string when there is none. */
export function withoutPieces(text: string, search: SecretSearch, mask: string = keyMask): string {
  let start = search.indexIn(text, 0)
  if (start === -1) return text
  let result = ''
  let end = 0
  while (start !== -1) {
    result += text.slice(end, start)
    if (!result.endsWith(mask)) result += mask
    end = search.endIn(text, start)
    start = search.indexIn(text, end)
  }
  return result + text.slice(end)
}

function withoutOther(text: string, secret: string): string {
  if (secret === '') return text
  if (secret.length >= pieceLength) return withoutPieces(text, new SecretSearch(secret), otherMask)
  if (secret.length >= wordLength) return text.replaceAll(secret, otherMask)
  const word = secret.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&')
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'gu'), otherMask)
}

function cleaned(text: string): string {
  return text.replace(/\s+/g, ' ').replace(steering, '').trim()
}
