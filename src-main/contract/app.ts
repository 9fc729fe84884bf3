/** Where secrets are kept on this machine. */
export type VaultKind =
  /** The system's key store encrypts them. */
  | 'keyring'
  /** In memory until the app closes: this machine offers no key store that protects them. */
  | 'memory'

export interface AppInfo {
  readonly version: string
  readonly electron: string
  readonly platform: string
  readonly vault: VaultKind
  /** What went wrong at start and is worth a sentence to the user. */
  readonly notices: readonly string[]
}
