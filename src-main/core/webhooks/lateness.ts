/** What is handed over later than this after it happened says so. */
const lateAfterMs = 60_000

/** By how much a message is late; 0 for one that is not. */
export function lateMs({ atMs, sentMs }: { readonly atMs: number; readonly sentMs: number }): number {
  return sentMs - atMs > lateAfterMs ? sentMs - atMs : 0
}

/** `sent 12 min late`, or nothing. */
export function lateLabel(message: { readonly atMs: number; readonly sentMs: number }): string {
  const late = lateMs(message)
  return late === 0 ? '' : `sent ${spanWords(late)} late`
}

/** `12 min`, `3 h`, `3 h 5 min`: of a minute and more, rounded down. */
export function spanWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return minutes === 0 ? `${Math.max(1, Math.floor(ms / 1000))} s` : `${minutes} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}
