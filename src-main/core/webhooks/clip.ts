/** The text with at most `most` UTF-16 units, an ellipsis for what was cut off; never half of a character. */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${whole(text.slice(0, most - 1))}…`
}

/** The same, counted in bytes of UTF-8. */
export function clipBytes(text: string, most: number): string {
  if (text.length * 3 <= most) return text
  let bytes = 0
  let fitting = ''
  for (const character of text) {
    bytes += bytesOf(character)
    // Three for the ellipsis, which is only left out when the text ends here.
    if (bytes <= most - 3) fitting += character
    if (bytes > most) return `${fitting}…`
  }
  return text
}

function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}

const whole = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, '')
