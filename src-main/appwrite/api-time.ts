/** As Appwrite writes times, to the millisecond. */
export function timeText(atMs: number): string {
  return new Date(atMs).toISOString().replace('Z', '+00:00')
}
