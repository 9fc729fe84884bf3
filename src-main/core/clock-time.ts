/** `03:12`, in the zone the user reads times in. */
export function clockTime(atMs: number, isUtc: boolean): string {
  const zone = isUtc ? { timeZone: 'UTC' } : {}
  return new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...zone })
}
