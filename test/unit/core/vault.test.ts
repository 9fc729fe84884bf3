import { describe, expect, it } from 'vitest'
import { isReadableWith, vaultKind, vaultView } from '../../../src-main/core/vault.ts'

describe('where keys are kept', () => {
  it.each([
    ['linux', 'gnome_libsecret', true, false, 'keyring'],
    ['linux', 'kwallet6', true, false, 'keyring'],
    ['linux', 'gnome_libsecret', false, false, 'locked'],
    ['linux', 'gnome_libsecret', false, true, 'locked'],
    ['linux', 'basic_text', true, false, 'memory'],
    ['linux', 'basic_text', true, true, 'weak'],
    ['linux', 'unknown', true, true, 'memory'],
    ['darwin', 'system', true, false, 'keyring'],
    ['win32', 'system', false, true, 'memory']
  ] as const)('%s, %s, available %s, consent %s: %s', (platform, backend, isAvailable, isWeakAccepted, kind) => {
    expect(vaultKind({ platform, backend, isAvailable, isWeakAccepted })).toBe(kind)
  })

  it.each([
    ['gnome_libsecret', 'keyring', 'gnome_libsecret', true],
    ['basic_text', 'keyring', 'gnome_libsecret', true],
    ['gnome_libsecret', 'weak', 'basic_text', false],
    ['gnome_libsecret', 'keyring', 'kwallet6', false],
    ['gnome_libsecret', 'locked', 'gnome_libsecret', false],
    ['basic_text', 'memory', 'basic_text', false]
  ] as const)('a key of %s with %s on %s is readable: %s', (keptBy, kind, backend, isReadable) => {
    expect(isReadableWith(keptBy, kind, backend)).toBe(isReadable)
  })

  it('asks for consent only where there is no keyring, and only until answered', () => {
    expect(vaultView('memory', 'basic_text', false, 0).asksForWeak).toBe(true)
    expect(vaultView('memory', 'basic_text', true, 0).asksForWeak).toBe(false)
    expect(vaultView('memory', 'unknown', false, 0).asksForWeak).toBe(false)
    expect(vaultView('locked', 'gnome_libsecret', false, 0).asksForWeak).toBe(false)
  })

  it('has nothing to say about a keyring, and tells of keys it cannot read', () => {
    expect(vaultView('keyring', 'gnome_libsecret', false, 0).notice).toBe('')
    expect(vaultView('keyring', 'kwallet6', false, 2).notice).toMatch(
      /^2 saved keys were encrypted by another key store/
    )
    expect(vaultView('locked', 'gnome_libsecret', false, 3).notice).not.toContain('another key store')
  })
})
