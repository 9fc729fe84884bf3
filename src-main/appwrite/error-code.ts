/** What of several attempts tells least: with IPv6 absent every dual-stack host fails with one of these as well. */
const vague = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EHOSTUNREACH', 'ENETDOWN'])

/** Of several attempts the one that tells most. */
export function mostTelling(thrown: Error): Error {
  if (!(thrown instanceof AggregateError)) return thrown
  const errors = thrown.errors.filter((error): error is Error => error instanceof Error)
  return errors.find((error) => !vague.has(codeOf(error))) ?? errors[0] ?? thrown
}

/** The code an error is told by: of several attempts that of the most telling one. */
export function errorCodeOf(thrown: Error): string {
  return codeOf(mostTelling(thrown))
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
