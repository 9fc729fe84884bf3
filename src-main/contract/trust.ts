/** Whom a server's certificate is believed by. Kept for each endpoint, never for the machine. */
export type Trust =
  /** The authorities of the system: the default. */
  | { readonly kind: 'system' }
  /** Exactly this certificate, whatever its name and dates. */
  | { readonly kind: 'certificate'; readonly fingerprint: string; readonly subject: string }
  /** The system's authorities and this one. */
  | { readonly kind: 'authority'; readonly fingerprint: string; readonly subject: string }

/** Trusts what the doctor last saw at this endpoint; refused as `missing` when it saw no such certificate. */
export interface TrustArgs {
  readonly endpoint: string
  readonly kind: 'certificate' | 'authority'
  readonly fingerprint: string
}

/** Whose trust is meant. An own CA file is chosen in a dialog of main's: neither path nor text passes the page. */
export interface EndpointRef {
  readonly endpoint: string
}
