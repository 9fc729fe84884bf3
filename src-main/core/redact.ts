/** The text with every given secret replaced; short secrets (under 6 characters) are left, they would match anything. */
export function redact(text: string, secrets: Iterable<string>): string {
  let clean = text
  for (const secret of secrets) if (secret.length >= 6) clean = clean.replaceAll(secret, '[key]')
  return clean
}
