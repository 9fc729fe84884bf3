import { describe, expect, it } from 'vitest'
import { Failure } from '../../../src-main/core/failure.ts'
import { checkedOptions, defaultOptions } from '../../../src-main/core/server-options.ts'

describe('what is watched beside the usual', () => {
  it('is kept trimmed, in one spelling, each once', () => {
    expect(
      checkedOptions({ domains: [' Shop.Example.com. ', 'shop.example.com', ''], queues: ['v1-functions', ' jobs '] })
    ).toEqual({ domains: ['shop.example.com'], queues: ['v1-functions', 'jobs'] })
  })

  it.each([
    ['domains', ['https://shop.example.com'], '“https://shop.example.com” is no host name.'],
    ['domains', ['localhost'], '“localhost” is no host name.'],
    ['domains', ['203.0.113.7'], '“203.0.113.7” is no host name.'],
    ['queues', ['fine', '../etc'], '“../etc” is no name of a queue']
  ] as const)('refuses %s %j with a sentence that names the entry', (field, typed, message) => {
    const asked = { domains: [], queues: [], [field]: typed }
    const refused = (): unknown => checkedOptions(asked)
    expect(refused).toThrow(Failure)
    expect(refused).toThrow(message)
  })

  it.each([
    ['https://shop.example.com/v1', ['shop.example.com']],
    ['https://shop.example.com:8443/base/v1', ['shop.example.com']],
    ['http://shop.example.com/v1', []],
    ['https://localhost/v1', []],
    ['https://10.0.0.7/v1', []]
  ])('is at first the certificate of %s, if it can have one', (endpoint, domains) => {
    expect(defaultOptions(endpoint)).toEqual({ domains, queues: [] })
  })
})
