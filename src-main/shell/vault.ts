/* eslint-disable @typescript-eslint/no-deprecated -- Electron 33, the runtime where the current one cannot be had, has no other form. */
import { safeStorage } from 'electron'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Vault } from '../services/ports.ts'

export interface OpenedVault {
  readonly vault: Vault
  /** What the user must know about where keys are kept. */
  readonly notice: string | null
}

const stored = z.record(z.string(), z.string())

/**
 * The vault on this machine: encrypted by the system's key store, in a file of its own. Where that store does not
 * protect anything (Linux without a keyring encrypts with a built-in password), keys stay in memory.
 */
export function openVault(file: string): OpenedVault {
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system'
  if (!safeStorage.isEncryptionAvailable() || backend === 'basic_text' || backend === 'unknown') {
    return {
      vault: memoryVault(),
      notice:
        'This machine offers no keyring, so API keys are kept in memory and are gone when Standby closes. Start a keyring such as gnome-keyring or KWallet to keep them.'
    }
  }
  const { secrets, notice } = readSecrets(file)
  return { vault: fileVault(file, secrets), notice }
}

function memoryVault(): Vault {
  const secrets = new Map<string, string>()
  return {
    kind: 'memory',
    get: (id) => secrets.get(id) ?? null,
    set: (id, secret) => void secrets.set(id, secret),
    delete: (id) => void secrets.delete(id),
    secrets: () => [...secrets.values()]
  }
}

function fileVault(file: string, encrypted: Map<string, string>): Vault {
  const decrypt = (text: string): string | null => {
    try {
      return safeStorage.decryptString(Buffer.from(text, 'base64'))
    } catch {
      // Encrypted by another key store: kept in the file, of no use now.
      return null
    }
  }
  const get = (id: string): string | null => {
    const text = encrypted.get(id)
    return text === undefined ? null : decrypt(text)
  }
  return {
    kind: 'keyring',
    get,
    set: (id, secret) => {
      const next = new Map(encrypted).set(id, safeStorage.encryptString(secret).toString('base64'))
      writeWhole(file, next)
      encrypted.set(id, next.get(id) ?? '')
    },
    delete: (id) => {
      encrypted.delete(id)
      writeWhole(file, encrypted)
    },
    secrets: () => [...encrypted.keys()].flatMap((id) => get(id) ?? [])
  }
}

function readSecrets(file: string): { readonly secrets: Map<string, string>; readonly notice: string | null } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return { secrets: new Map(), notice: null }
  }
  try {
    return { secrets: new Map(Object.entries(stored.parse(JSON.parse(text)))), notice: null }
  } catch {
    const aside = `${file}.unreadable-${Date.now()}`
    renameSync(file, aside)
    return {
      secrets: new Map(),
      notice: `The file of keys could not be read. It was kept as ${aside}; enter the keys again.`
    }
  }
}

/** Written beside and renamed: a crash leaves the old file or the new one, never half of one. */
function writeWhole(file: string, secrets: ReadonlyMap<string, string>): void {
  mkdirSync(dirname(file), { recursive: true })
  const part = `${file}.part`
  writeFileSync(part, JSON.stringify(Object.fromEntries(secrets)), { mode: 0o600, flush: true })
  renameSync(part, file)
}
