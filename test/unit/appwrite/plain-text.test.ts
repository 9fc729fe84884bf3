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

  it('shows no other secret either: long ones in pieces, short ones whole, the shortest as words', () => {
    const told = (text: string, ...secrets: string[]): string => plainLine(text, null, 300, secrets)
    expect(told('the value hunter2-hunter2! is too short', 'hunter2-hunter2!')).toBe('the value [secret] is too short')
    expect(told('xhunter2x', 'hunter2')).toBe('x[secret]x')
    expect(told('HTTP 401 of 1: 1', '1')).toBe('HTTP 401 of [secret]: [secret]')
    expect(told('a $& (b) $&', '$&')).toBe('a [secret] (b) [secret]')
    expect(told('as it was', '')).toBe('as it was')
    expect(told('say line\nbreak', 'line\n\nbreak')).toBe('say [secret]')
  })

  it('is searched as a plain comparison of every stretch would be', () => {
    const unit = fc.constantFrom('a', 'B', '0', 'ü', ' ')
    fc.assert(
      fc.property(fc.string({ unit, minLength: 12, maxLength: 30 }), fc.array(fc.string({ unit })), (secret, texts) => {
        const text = texts.join(secret.slice(0, 13))
        const lower = text.toLowerCase()
        const pieces = Array.from({ length: secret.length - 11 }, (_, at) => secret.slice(at, at + 12).toLowerCase())
        expect(withoutSecret(text, secret) === text).toBe(!pieces.some((piece) => lower.includes(piece)))
      })
    )
  })

  it('of megabytes is cut before it is looked at', () => {
    const text = Buffer.alloc(32_000_000, 'ab').toString('latin1')
    // The best of five: one alone may meet a collection of garbage.
    const best = (act: () => unknown): number =>
      Math.min(
        ...[1, 2, 3, 4, 5].map(() => {
          const before = performance.now()
          act()
          return performance.now() - before
        })
      )
    const secret = 'ab'.repeat(64)
    expect(plainLine(text, secret, 300)).toBe('[API key]')
    // Looking at each letter once, side by side: whatever the machine does meanwhile, it does to both.
    expect(best(() => plainLine(text, secret, 300))).toBeLessThan(best(() => text.toUpperCase()))
  })
})
