/**
 * The address of a page that may be opened in the browser: `https:` alone, without user and password, as the browser
 * will read it; `null` for anything else, since what opens an address runs whatever program stands behind its scheme.
 */
export function webLink(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, username, password, hostname, href } = new URL(text)
  const isPlain = protocol === 'https:' && username === '' && password === '' && hostname !== ''
  return isPlain ? href : null
}
