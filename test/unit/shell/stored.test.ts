import { expect, it } from 'vitest'
import { initialSettings } from '../../../src-main/contract/settings.ts'
import { parseStored, storedVersion } from '../../../src-main/shell/stored.ts'

const rest = { profiles: [], trusts: {}, options: {}, bounds: null }

it.each([2, 3])(
  'takes a file of version %i over: what it chose stays, what it did not know starts as usual',
  (version) => {
    const { whenClosed: _closed, startAtLogin: _login, keepAwake: _awake, ...known } = initialSettings
    const chosen = version === 3 ? { ...known, theme: 'dark', keepAwake: 'always' } : { theme: 'dark', isUtc: true }
    const settings = { ...initialSettings, ...chosen, whenClosed: 'ask', startAtLogin: false }
    expect(parseStored({ ...rest, version, settings: chosen })).toEqual({ ...rest, version: storedVersion, settings })
  }
)

it('refuses a choice it does not know', () => {
  const settings = { ...initialSettings, whenClosed: 'explode' }
  expect(parseStored({ ...rest, version: storedVersion, settings })).toBeNull()
})
