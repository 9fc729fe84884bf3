import type { VaultKind, VaultView } from '../contract/vault.ts'

/** What the system says about its key store. */
export interface KeyStoreFacts {
  readonly platform: string
  /** Electron's name of the store on Linux; `system` elsewhere. */
  readonly backend: string
  readonly isAvailable: boolean
  /** The user agreed to keep keys in a file this machine cannot protect. */
  readonly isWeakAccepted: boolean
}

/** Linux without a keyring: Chromium then encrypts with a password that is built in and known to all. */
export const weakBackend = 'basic_text'

/** Where keys are kept with such a store. Only a store that protects them, or consent, puts a key into a file. */
export function vaultKind({ platform, backend, isAvailable, isWeakAccepted }: KeyStoreFacts): VaultKind {
  if (platform !== 'linux') return isAvailable ? 'keyring' : 'memory'
  if (backend === weakBackend) return isWeakAccepted ? 'weak' : 'memory'
  if (backend === 'unknown') return 'memory'
  return isAvailable ? 'keyring' : 'locked'
}

/**
 * Whether a key encrypted by `keptBy` can be tried with the present store: its own, or one that was only ever
 * obfuscated, which every store still reads.
 */
export function isReadableWith(keptBy: string, kind: VaultKind, backend: string): boolean {
  if (kind !== 'keyring' && kind !== 'weak') return false
  return keptBy === backend || keptBy === weakBackend
}

/** What the user is told: the kind, what it means, and what to do. */
export function vaultView(kind: VaultKind, backend: string, hasAnswered: boolean, unreadableKeys: number): VaultView {
  const asksForWeak = kind === 'memory' && backend === weakBackend && !hasAnswered
  const notices = [meaning(kind, backend), unreadable(kind, unreadableKeys)].filter((text) => text !== '')
  return { kind, backend, asksForWeak, unreadableKeys, notice: notices.join(' ') }
}

function meaning(kind: VaultKind, backend: string): string {
  switch (kind) {
    case 'keyring':
      return ''
    case 'locked':
      return `The keyring (${backend}) does not open: it is locked or not running. Unlock it and start Standby again. Until then keys you enter stay in memory only.`
    case 'weak':
      return 'This machine has no keyring. As you agreed, API keys are kept in a file that anyone who can read it can decrypt.'
    case 'memory':
      return 'This machine has no keyring, so API keys stay in memory and are gone when Standby closes. Start a keyring such as gnome-keyring or KWallet to keep them.'
  }
}

function unreadable(kind: VaultKind, count: number): string {
  if (count === 0 || kind === 'locked') return ''
  const keys = count === 1 ? 'One saved key was' : `${count} saved keys were`
  return `${keys} encrypted by another key store and cannot be read with this one. Nothing is deleted: start Standby with that store again, or enter the key anew.`
}
