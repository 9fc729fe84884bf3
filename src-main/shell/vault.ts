/* eslint-disable @typescript-eslint/no-deprecated -- Electron 33, the runtime where the current one cannot be had, has no other form. */
import { safeStorage } from 'electron'
import type { VaultView } from '../contract/vault.ts'
import { isReadableWith, vaultKind, vaultView } from '../core/vault.ts'
import { Topic } from '../services/live-view.ts'
import type { Vault } from '../services/ports.ts'
import { readVaultFile, writeVaultFile, type KeptSecret, type VaultContent } from './vault-file.ts'

/**
 * The vault on this machine. Keys rest in `file`, encrypted by the system's key store, or in memory where there is none
 * and the user did not agree to less. Keys of another store stay in the file untouched. Must be opened after the app is
 * ready.
 */
export function openVault(file: string): { readonly vault: Vault; readonly notice: string | null } {
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system'
  const { content, notice } = readVaultFile(file, backend)
  return { vault: new SystemVault(file, backend, content), notice }
}

class SystemVault implements Vault {
  readonly #file: string
  readonly #backend: string
  readonly #kept: Map<string, KeptSecret>
  readonly #opened = new Map<string, string>()
  readonly #changed = new Topic<VaultView>()
  #isWeakAccepted: boolean
  #hasAnswered = false

  constructor(file: string, backend: string, content: VaultContent) {
    this.#file = file
    this.#backend = backend
    this.#kept = new Map(content.secrets)
    this.#isWeakAccepted = content.isWeakAccepted
    this.#open()
  }

  get(id: string): string | null {
    return this.#opened.get(id) ?? null
  }

  set(id: string, secret: string): void {
    if (this.#isKeeping()) this.#write(new Map(this.#kept).set(id, this.#encrypted(secret)))
    this.#opened.set(id, secret)
  }

  delete(id: string): void {
    if (this.#kept.has(id)) {
      const rest = new Map(this.#kept)
      rest.delete(id)
      this.#write(rest)
    }
    this.#opened.delete(id)
    this.#changed.publish(this.view())
  }

  secrets(): readonly string[] {
    return [...this.#opened.values()]
  }

  view(): VaultView {
    const unreadable = [...this.#kept.keys()].filter((id) => !this.#opened.has(id)).length
    return vaultView(this.#kind(), this.#backend, this.#hasAnswered, unreadable)
  }

  answer(acceptWeak: boolean): VaultView {
    this.#hasAnswered = true
    if (acceptWeak && !this.#isWeakAccepted) {
      this.#isWeakAccepted = true
      this.#open()
      const all = [...this.#opened].map(([id, secret]) => [id, this.#encrypted(secret)] as const)
      this.#write(new Map([...this.#kept, ...all]))
    }
    this.#changed.publish(this.view())
    return this.view()
  }

  onChange(listener: (view: VaultView) => void): () => void {
    return this.#changed.subscribe(listener)
  }

  #kind(): VaultView['kind'] {
    return vaultKind({
      platform: process.platform,
      backend: this.#backend,
      isAvailable: safeStorage.isEncryptionAvailable(),
      isWeakAccepted: this.#isWeakAccepted
    })
  }

  #isKeeping(): boolean {
    const kind = this.#kind()
    return kind === 'keyring' || kind === 'weak'
  }

  /** Decrypts what the present store can read; what a keyring finds merely obfuscated it encrypts properly. */
  #open(): void {
    const kind = this.#kind()
    // Electron refuses to use a store that does not protect until it is told to.
    if (kind === 'weak') safeStorage.setUsePlainTextEncryption(true)
    const better = new Map(this.#kept)
    for (const [id, kept] of this.#kept) {
      if (!isReadableWith(kept.backend, kind, this.#backend)) continue
      const secret = decrypted(kept)
      if (secret === null) continue
      this.#opened.set(id, secret)
      if (kept.backend !== this.#backend) better.set(id, this.#encrypted(secret))
    }
    if ([...better].some(([id, kept]) => this.#kept.get(id) !== kept)) this.#write(better)
  }

  #encrypted(secret: string): KeptSecret {
    return { backend: this.#backend, data: safeStorage.encryptString(secret).toString('base64') }
  }

  #write(secrets: ReadonlyMap<string, KeptSecret>): void {
    writeVaultFile(this.#file, { isWeakAccepted: this.#isWeakAccepted, secrets })
    this.#kept.clear()
    for (const [id, kept] of secrets) this.#kept.set(id, kept)
  }
}

function decrypted(kept: KeptSecret): string | null {
  try {
    return safeStorage.decryptString(Buffer.from(kept.data, 'base64'))
  } catch {
    // The store was emptied or replaced under its old name: kept in the file, counted as unreadable.
    return null
  }
}
