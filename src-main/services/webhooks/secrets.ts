import type { Vault } from '../ports.ts'

export interface WebhookSecrets {
  readonly url: string
  /** Empty for none. */
  readonly token: string
}

/** The addresses and tokens of webhooks, which rest in the vault and nowhere else. */
export class WebhookVault {
  readonly #vault: Vault

  constructor(vault: Vault) {
    this.#vault = vault
  }

  /** `null` while the vault cannot read the address: its store is locked, or kept nothing. */
  of(webhookId: string): WebhookSecrets | null {
    const url = this.#vault.get(urlId(webhookId))
    return url === null ? null : { url, token: this.#vault.get(tokenId(webhookId)) ?? '' }
  }

  /** A new address never gets the token of the one before: that is nobody else's. */
  set(webhookId: string, { url, token }: WebhookSecrets): void {
    this.#vault.delete(tokenId(webhookId))
    this.#vault.set(urlId(webhookId), url)
    if (token !== '') this.#vault.set(tokenId(webhookId), token)
  }

  setToken(webhookId: string, token: string): void {
    this.#vault.set(tokenId(webhookId), token)
  }

  delete(webhookId: string): void {
    this.#vault.delete(urlId(webhookId))
    this.#vault.delete(tokenId(webhookId))
  }

  onChange(listener: () => void): () => void {
    return this.#vault.onChange(listener)
  }
}

const urlId = (webhookId: string): string => `webhook/${webhookId}/url`
const tokenId = (webhookId: string): string => `webhook/${webhookId}/token`
