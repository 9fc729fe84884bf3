import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDraft } from '../../../src-main/core/connection-draft.ts'
import { hostOf, normaliseEndpoint } from '../../../src-main/core/endpoint.ts'

const normal = (typed: string): unknown => {
  const result = normaliseEndpoint(typed)
  return result.ok ? result.endpoint : result.fault
}

describe('an endpoint', () => {
  it.each([
    ['https://appwrite.example.com/v1', 'https://appwrite.example.com/v1'],
    ['https://appwrite.example.com', 'https://appwrite.example.com/v1'],
    ['https://appwrite.example.com/', 'https://appwrite.example.com/v1'],
    ['https://appwrite.example.com/v1/', 'https://appwrite.example.com/v1'],
    ['appwrite.example.com', 'https://appwrite.example.com/v1'],
    ['  HTTPS://Appwrite.Example.COM:443/v1// ', 'https://appwrite.example.com/v1'],
    ['http://127.0.0.1:18099', 'http://127.0.0.1:18099/v1'],
    ['http://[::1]:8080/v1', 'http://[::1]:8080/v1'],
    ['https://example.com/appwrite', 'https://example.com/appwrite/v1'],
    ['münchen.example', 'https://xn--mnchen-3ya.example/v1']
  ])('%s becomes %s', (typed, endpoint) => {
    expect(normal(typed)).toBe(endpoint)
  })

  it.each([
    ['', 'Enter the address'],
    ['   ', 'Enter the address'],
    ['not an address', 'no spaces'],
    ['ftp://example.com', 'Only https:// and http://'],
    ['file:///etc/passwd', 'Only https:// and http://'],
    ['javascript:alert(1)', 'is not an address'],
    ['https://', 'is not an address'],
    ['https://exa mple.com', 'no spaces'],
    ['https://user:pw@example.com/v1', 'user name and password'],
    ['https://example.com/v1?project=x', 'from the ? or # on'],
    ['https://example.com/console/project-6f/overview', 'The API of this server is at https://example.com/v1'],
    ['https://example.com/v1/health', 'Try https://example.com/v1.'],
    ['http://[::1', 'is not an address']
  ])('%s is refused with a sentence', (typed, sentence) => {
    expect(normal(typed)).toMatchObject({ code: 'invalid', field: 'endpoint' })
    expect(normal(typed)).toHaveProperty('message', expect.stringContaining(sentence))
  })

  it('comes out the same when normalised again, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.domain(), fc.string()), (typed) => {
        const once = normaliseEndpoint(typed)
        if (!once.ok) return
        expect(normaliseEndpoint(once.endpoint)).toEqual(once)
        expect(once.endpoint).toMatch(/^https?:\/\/[^/]+(\/.*)?\/v1$/)
      }),
      { numRuns: 2000 }
    )
  })

  it('is shown by host and port', () => {
    expect(hostOf('http://127.0.0.1:18099/v1')).toBe('127.0.0.1:18099')
  })
})

describe('a draft', () => {
  const draft = {
    name: ' Shop ',
    endpoint: 'shop.example.com',
    projectId: ' shop ',
    apiKey: ' standard_0a1b ',
    environment: 'production'
  } as const

  it('is trimmed and normalised', () => {
    expect(checkDraft(draft)).toEqual({
      ok: true,
      draft: {
        name: 'Shop',
        endpoint: 'https://shop.example.com/v1',
        projectId: 'shop',
        apiKey: 'standard_0a1b',
        environment: 'production'
      }
    })
  })

  it('without a name is called after its host', () => {
    expect(checkDraft({ ...draft, name: ' ' })).toMatchObject({ draft: { name: 'shop.example.com' } })
  })

  it.each([
    ['projectId', '', 'Enter the project ID'],
    ['projectId', 'console', 'Appwrite’s own project'],
    ['projectId', 'shop/../x', 'up to 36 letters'],
    ['apiKey', '', 'Enter an API key'],
    ['apiKey', 'two words', 'a space or a character'],
    ['apiKey', 'line\r\nX-Evil: 1', 'a space or a character']
  ] as const)('with %s “%s” is refused', (field, value, sentence) => {
    const check = checkDraft({ ...draft, [field]: value })
    expect(check).toMatchObject({ ok: false, fault: { code: 'invalid', field } })
    expect(check).toHaveProperty('fault.message', expect.stringContaining(sentence))
  })
})
