const figure = /^-?(?:\d+|\d{1,3}(?:[, ]\d{3})+)(?:\.\d+)?$/

/** A number as people type it: `5000`, `5,000`, `2.5`. `null` for all else: `5,5` might mean two numbers, so it means none. */
export function numberOf(text: string): number | null {
  const typed = text.trim()
  return figure.test(typed) ? Number(typed.replaceAll(/[, ]/g, '')) : null
}

/** Names that stand in one line, parted by commas; each once. */
export function namesOf(text: string): readonly string[] {
  return [...new Set(text.split(/[,\n]/).map((name) => name.trim()))].filter((name) => name !== '')
}
