import { randomBytes } from 'node:crypto'
import type { Vault } from '../ports.ts'
import { holdsHistories } from './history.ts'

const secretId = 'history'

/**
 * The key of the histories, 64 hexadecimal digits, out of the vault; made at the first start. `null` where the vault
 * could not keep one, or where histories are there whose key it cannot read now: they must not be overwritten by others.
 */
export function historyKey(vault: Vault, folder: string): string | null {
  const known = vault.get(secretId)
  if (known !== null) return known
  const { kind, unreadableKeys } = vault.view()
  const canKeep = kind === 'keyring' || kind === 'weak'
  if (!canKeep || (unreadableKeys > 0 && holdsHistories(folder))) return null
  const key = randomBytes(32).toString('hex')
  vault.set(secretId, key)
  return key
}
