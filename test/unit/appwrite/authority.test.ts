import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseAuthority } from '../../../src-main/appwrite/authority.ts'
import type { Fault } from '../../../src-main/contract/fault.ts'
import { Failure } from '../../../src-main/core/failure.ts'

const fixture = (name: string): string =>
  readFileSync(new URL(`../../contract/appwrite/fixtures/test-only-${name}.pem`, import.meta.url), 'utf8')

function faultOfReading(text: string): Fault {
  try {
    parseAuthority(text)
  } catch (error) {
    if (error instanceof Failure) return error.fault
    throw error
  }
  throw new Error('read, though a fault was expected')
}

describe('a CA file', () => {
  it('is read with who it is and until when', () => {
    expect(parseAuthority(fixture('own-root'))).toEqual({
      pem: fixture('own-root'),
      subject: 'CN=Standby test-only own root, O=Standby tests',
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/) as string,
      isAuthority: true,
      validToMs: Date.UTC(2120, 0, 1)
    })
  })

  it('may be a bundle with notes in between, of which only the certificates are kept', () => {
    const text = `Our root:\r\n${fixture('own-root')}\nand the other\n${fixture('ca').replaceAll('\n', '\r\n')}`
    const { pem, isAuthority } = parseAuthority(text)
    expect(pem).toBe(`${fixture('own-root')}${fixture('ca')}`)
    expect(isAuthority).toBe(true)
  })

  it('that holds a server’s certificate says that it is no authority', () => {
    expect(parseAuthority(fixture('valid')).isAuthority).toBe(false)
    expect(parseAuthority(`${fixture('ca')}${fixture('valid')}`).isAuthority).toBe(false)
  })

  it('with a private key is refused, and nothing of it is told', () => {
    const key = fixture('key')
    for (const text of [key, `${fixture('ca')}${key}`, key.replaceAll('PRIVATE', 'EC PRIVATE')]) {
      const fault = faultOfReading(text)
      expect(fault).toMatchObject({ code: 'invalid' })
      expect(fault.message).toContain('holds a private key')
      expect(JSON.stringify(fault)).not.toContain(key.split('\n')[1])
    }
  })

  it.each([
    ['', 'no certificate in PEM form'],
    ['\u0030\u0082\u0003', 'no certificate in PEM form'],
    [fixture('ca').slice(0, 300), 'no certificate in PEM form'],
    [fixture('ca').replace('MII', 'AAA'), 'cut off or broken'],
    [`${fixture('ca')}${fixture('own-root').replace('MII', 'AAA')}`, 'cut off or broken'],
    ['-----BEGIN CERTIFICATE-----\n'.repeat(37_000), 'no certificate in PEM form'],
    ['x'.repeat(1_048_577), 'larger than 1 MB']
  ])('that is none is refused: %#', (text, says) => {
    expect(faultOfReading(text)).toMatchObject({ code: 'invalid', message: expect.stringContaining(says) as string })
  })
})
