import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { VaultView } from '../../../src-main/contract/vault.ts'
import { memoryVault } from '../../../src-main/headless/memory.ts'
import { historyKey } from '../../../src-main/services/history/key.ts'
import type { Vault } from '../../../src-main/services/ports.ts'
import { temporaryFolder } from '../../support/histories.ts'

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

function folderWith(...names: readonly string[]): string {
  const { folder, remove } = temporaryFolder()
  cleanUps.push(remove)
  for (const name of names) writeFileSync(join(folder, name), '')
  return folder
}

function vaultOf(change: Partial<VaultView>): Vault {
  const vault = memoryVault()
  return { ...vault, view: () => ({ ...vault.view(), ...change }) }
}

describe('the key of the histories', () => {
  it.each(['keyring', 'weak'] as const)('is made once and kept where keys are: %s', (kind) => {
    const vault = vaultOf({ kind })
    const key = historyKey(vault, folderWith())
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    expect(historyKey(vault, folderWith('s1.db'))).toBe(key)
    expect(vault.secrets()).toEqual([key])
  })

  it.each(['memory', 'locked'] as const)('is not made where it could not be kept: %s', (kind) => {
    const vault = vaultOf({ kind })
    expect(historyKey(vault, folderWith())).toBeNull()
    expect(vault.secrets()).toEqual([])
  })

  it('is not replaced while histories wait for one that cannot be read now', () => {
    const vault = vaultOf({ kind: 'keyring', unreadableKeys: 1 })
    expect(historyKey(vault, folderWith('s1.db'))).toBeNull()
    expect(historyKey(vault, folderWith())).toMatch(/^[0-9a-f]{64}$/)
  })
})
