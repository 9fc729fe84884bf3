export type VaultKind =
  /** The system's key store encrypts the keys. */
  | 'keyring'
  /** The key store is there but will not open: keys wait in their file. */
  | 'locked'
  /** No key store; the user agreed to a file that anyone with this account can decrypt. */
  | 'weak'
  /** In memory until the app closes. */
  | 'memory'

export interface VaultView {
  readonly kind: VaultKind
  /** The store's own name, such as `gnome_libsecret`. */
  readonly backend: string
  /** Asked once: may keys be kept in a file that this machine cannot protect? */
  readonly asksForWeak: boolean
  /** Keys that lie in the file but cannot be read with the present store; they are kept. */
  readonly unreadableKeys: number
  /** One or two sentences on what this means and what to do; empty when there is nothing to say. */
  readonly notice: string
}

/** The answer to `asksForWeak`; declining is asked again at the next start. */
export interface VaultAnswer {
  readonly acceptWeak: boolean
}
