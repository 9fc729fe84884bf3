/**
 * The text with every given secret replaced; short secrets (under 6 characters) are left, they would match anything. Of a
 * secret address its path is a secret alone: that is what a server says in its answers.
 */
export function redact(text: string, secrets: Iterable<string>): string {
  let clean = text
  for (const secret of secrets) {
    if (secret.length >= shortest) clean = clean.replaceAll(secret, '[key]')
    const path = /^https?:\/\/[^/]+(\/.+)$/.exec(secret)?.[1] ?? ''
    if (path.length >= shortest) clean = clean.replaceAll(path, '[key]')
  }
  return clean
}

const shortest = 6
