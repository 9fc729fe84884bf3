import fc from 'fast-check'
import { expect, it } from 'vitest'
import { leaksOf } from '../../e2e/security/leaks.ts'

const key = 'standby-marker-0123456789abcdefABCDEF?>~'
const filled = (text: Buffer | string): ReadonlyMap<string, Buffer> => new Map([['file', Buffer.from(text)]])

it('finds a key in every spelling, wherever it begins', () => {
  const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array))
  fc.assert(
    fc.property(bytes, bytes, (before, after) => {
      const inside = Buffer.concat([before, Buffer.from(key), after])
      const wide = Buffer.concat([before, Buffer.from(key, 'utf16le'), after])
      for (const [spelling, text] of [
        ['plain', inside],
        ['hex', inside.toString('hex')],
        ['base64', inside.toString('base64')],
        ['base64', inside.toString('base64url')],
        ['UTF-16', wide]
      ] as const) {
        expect(leaksOf([key], filled(text))).toContain(`${spelling} of key 0 in file`)
      }
    })
  )
})

it('finds nothing where no key is', () => {
  const part = key.slice(0, -1)
  for (const text of [part, Buffer.from(part).toString('hex')]) expect(leaksOf([key], filled(text))).toEqual([])
  expect(leaksOf([key], filled(''))).toEqual([])
})
