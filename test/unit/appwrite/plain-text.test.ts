import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainLine, withoutSecret } from '../../../src-main/appwrite/plain-text.ts'

const key = fc.string({
  unit: fc.constantFrom('0', '1', '2', '3', '8', '9', 'a', 'b', 'e', 'f'),
  minLength: 40,
  maxLength: 256
})

describe('a text of the server', () => {
  it('never shows twelve characters of the key in a row, however it is cut or mixed', () => {
    fc.assert(
      fc.property(
        key,
        fc.string(),
        fc.string(),
        fc.nat(),
        fc.integer({ min: 20, max: 400 }),
        (secret, a, b, at, max) => {
          const start = at % secret.length
          const echoed = `${a}${secret.slice(start)}${b}${secret.toUpperCase()}${secret.replaceAll(/(?<=.)(?=.)/g, '\u200b')}`
          const line = plainLine(echoed, secret, max).toLowerCase()
          for (let i = 0; i + 12 <= secret.length; i += 1) expect(line).not.toContain(secret.slice(i, i + 12))
          expect(line.length).toBeLessThanOrEqual(max + 20)
        }
      )
    )
  })

  it('is one line without control or steering characters, and no longer than asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 300 }), (text, max) => {
        const line = plainLine(text, null, max)
        expect(line.length).toBeLessThanOrEqual(max)
        expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2028\u2029\u2066-\u2069]/u)
      })
    )
  })

  it('without the key in it stays as it is', () => {
    const text = 'User (role: guests) missing scope (health.read), standard_ keys only'
    expect(plainLine(text, `standard_${'ab12'.repeat(64)}`, 300)).toBe(text)
    expect(withoutSecret('', 'abc')).toBe('')
  })

  it('masks a short key as a whole', () => {
    expect(withoutSecret('a secret here, a secret there', 'secret')).toBe('a [API key] here, a [API key] there')
  })

  it('of megabytes is cut before it is looked at', () => {
    const before = performance.now()
    expect(plainLine('ab'.repeat(16_000_000), 'ab'.repeat(64), 300)).toBe('[API key]')
    expect(performance.now() - before).toBeLessThan(500)
  })
})
