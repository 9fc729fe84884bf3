const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

// Main decides what an address means; this only compares and warns while it is typed.
function read(typed: string): URL | null {
  const text = typed.trim()
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  return URL.canParse(address) ? new URL(address) : null
}

/** What to know about an address that is not encrypted; `null` for others and for half-typed ones. */
export function plainHttpWarning(typed: string): string | null {
  const url = read(typed)
  if (url?.protocol !== 'http:' || url.hostname === '' || loopback.test(url.hostname)) return null
  return `Plain http: anyone between here and ${url.host} can read the API key. Use https:// if the server offers it.`
}

/** Whether two spellings mean the same server. */
export function isSameAddress(typed: string, endpoint: string): boolean {
  const spell = (text: string): string | null => {
    const url = read(text)
    return url === null ? null : `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}`
  }
  return spell(typed) === spell(endpoint)
}
