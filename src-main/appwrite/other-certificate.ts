/** A server showed another certificate than the one that was pinned. */
export class OtherCertificate extends Error {
  readonly code = 'OTHER_CERTIFICATE'
  /** SHA-256, as pairs of hex digits joined by colons. */
  readonly trusted: string
  /** Empty when the server showed none. */
  readonly shown: string

  constructor(trusted: string, shown: string) {
    super(`trusted ${trusted}, shown ${shown === '' ? 'none' : shown}`)
    this.name = 'OtherCertificate'
    this.trusted = trusted
    this.shown = shown
  }
}
