/** Words the full-text index leaves out for being too short. */
const shortestWord = 3

const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []

/** Whether a full-text search finds a text: any of its words will do, and the last may be the beginning of one. */
export function matchesSearch(text: string, term: string): boolean {
  const indexed = words(text).filter((word) => word.length >= shortestWord)
  const asked = words(term)
  const last = asked.pop()
  if (last !== undefined && indexed.some((word) => word.startsWith(last))) return true
  return asked.some((word) => indexed.includes(word))
}
