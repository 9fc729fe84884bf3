/** Appwrite's error body (API facts §2). The type is empty where Appwrite sends none, as with Redis away. */
export interface ErrorBody {
  readonly message: string
  readonly type: string
}

/** The error body in a reply, or `null` when the reply is not an error of Appwrite. */
export function errorBodyOf(body: unknown): ErrorBody | null {
  if (typeof body !== 'object' || body === null) return null
  const { message, code, type, version } = body as Readonly<Record<string, unknown>> // any object may be read so
  if (typeof message !== 'string' || (typeof code !== 'number' && typeof code !== 'string')) return null
  if (typeof type !== 'string' && typeof version !== 'string') return null
  return { message, type: typeof type === 'string' ? type : '' }
}
