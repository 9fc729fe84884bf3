/** A moment as Appwrite writes it; empty for none. */
export function isoTime(atMs: number | null): string {
  return atMs === null ? '' : new Date(Math.floor(atMs)).toISOString().replace('Z', '+00:00')
}
