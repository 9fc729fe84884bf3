import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullFormat } from '../../../../src-main/appwrite/formats.ts'
import { checkOffered, isOffered, offers } from '../../../../src-main/appwrite/offers.ts'
import {
  boundaries,
  compareVersions,
  isAtLeast,
  parseVersion,
  type ServerVersion
} from '../../../../src-main/appwrite/versions.ts'
import { Failure } from '../../../../src-main/core/failure.ts'

const version = (text: string): ServerVersion => {
  const parsed = parseVersion(text)
  if (parsed === null) throw new Error(`${text} is no version`)
  return parsed
}

const number = fc.nat(30)
const versions = fc
  .tuple(number, number, number, fc.constantFrom('', 'rc', 'RC1', 'rc.2', 'rc.10', 'beta', 'alpha.1'))
  .map(([major, minor, patch, label]) => version(`${major}.${minor}.${patch}${label === '' ? '' : `-${label}`}`))

describe('a version', () => {
  it.each([
    ['1.5.11', [1, 5, 11, '']],
    ['1.9.6', [1, 9, 6, '']],
    ['1.6.2-rc', [1, 6, 2, 'rc']],
    ['1.8.0-RC3', [1, 8, 0, 'RC3']],
    ['v1.7.5', [1, 7, 5, '']],
    ['1.6', [1, 6, 0, '']],
    ['1.9.6+build.5', [1, 9, 6, '']],
    ['main', [2, 0, 0, '']],
    ['dev-main', [2, 0, 0, '']],
    ['nightly-20260821', [2, 0, 0, '']]
  ] as const)('is read from %s', (text, [major, minor, patch, label]) => {
    expect(parseVersion(text)).toEqual({ text, major, minor, patch, label })
  })

  it.each(['', 'x', '1', '1.x.3', '1.5.11 (stable)', '..', '1.2.3.4.5.6', 'maintenance', '<html>', '1.5.-1'])(
    'is not guessed from “%s”',
    (text) => {
      expect(parseVersion(text)).toBeNull()
    }
  )

  it('is older as a pre-release than as a release, but has what its release has', () => {
    expect(compareVersions(version('1.6.2-rc'), version('1.6.2'))).toBeLessThan(0)
    expect(compareVersions(version('1.6.2-rc.2'), version('1.6.2-rc.10'))).toBeLessThan(0)
    expect(compareVersions(version('1.6.2-rc'), version('1.6.1'))).toBeGreaterThan(0)
    expect(isAtLeast(version('1.6.2-rc'), '1.6.2')).toBe(true)
  })

  it('is ordered: by number and not by text, and in one way only', () => {
    expect(compareVersions(version('1.5.11'), version('1.5.2'))).toBeGreaterThan(0)
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0)
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) {
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
        }
      })
    )
  })

  it('that is unknown has nothing that came later', () => {
    for (const boundary of Object.keys(boundaries) as (keyof typeof boundaries)[]) {
      expect(isAtLeast(null, boundary)).toBe(false)
    }
  })
})

describe('the response format', () => {
  it.each([
    [null, '1.5.0'],
    ['1.5.11', '1.5.0'],
    ['1.6.1', '1.6.0'],
    ['1.7.5', '1.7.0'],
    ['1.8.1', '1.7.0'],
    ['1.9.6', '1.9.0'],
    ['main', '1.9.0']
  ] as const)('for %s is %s: never newer than the server', (text, format) => {
    expect(fullFormat(text === null ? null : version(text))).toBe(format)
  })
})

describe('an offer', () => {
  it('holds from the version it came with up to the one that removed it', () => {
    const offeredIn = (text: string) => isOffered(offers['GET /health/queue/stats-usage'], version(text))
    expect(['1.5.11', '1.6.1', '1.6.2', '1.9.6', 'main'].map(offeredIn)).toEqual([false, false, true, true, false])
  })

  it('is unknown for an unknown version, unless all versions have it', () => {
    expect(isOffered(offers['GET /health/queue/stats-usage'], null)).toBeNull()
    expect(isOffered(offers['GET /health/queue/mails'], null)).toBeNull()
    expect(isOffered(offers['GET /functions'], null)).toBe(true)
  })

  it('that a version does not have is refused with the reason, before anything is sent', () => {
    const refused = (operation: keyof typeof offers, text: string): string => {
      try {
        checkOffered(operation, version(text))
      } catch (error) {
        if (error instanceof Failure && error.fault.code === 'unsupported') return error.fault.message
        throw error
      }
      return 'offered'
    }
    expect(refused('GET /health/queue', '1.7.5')).toContain('removed with 1.6.2')
    expect(refused('GET /health/queue', '1.7.5')).toContain('Appwrite 1.7.5')
    expect(refused('GET /functions/specifications', '1.5.11')).toContain('came with 1.6.0')
    expect(refused('GET /functions/specifications', '1.6.0')).toBe('offered')
    expect(() => checkOffered('GET /functions/specifications', null)).not.toThrow()
  })
})
