import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isQueryOnly } from '../../../src-main/appwrite/graphql-document.ts'

const mutation = 'mutation { functionsDelete(functionId: "a") { status } }'

describe('a document only reads', () => {
  it.each([
    '{ localeGet { ip } }',
    'query { localeGet { ip } }',
    'query A { localeGet { ip } } query B($x: Int) { healthGet { name } }',
    '{ ...F } fragment F on Query { localeGet { ip } }',
    '\ufeff{ localeGet { ip } }',
    '# mutation { a }\n{ localeGet { ip } }',
    '{ functionsList(search: "mutation { a }") { total } }',
    '{ functionsList(search: """mutation { a }""") { total } }',
    '{ mutation { subscription } }',
    'query mutation { a }',
    '{ mutation: localeGet { ip } }'
  ])('%s', (document) => {
    expect(isQueryOnly(document)).toBe(true)
  })
})

describe('a document may write', () => {
  it.each([
    mutation,
    `\ufeff${mutation}`,
    `\ufeff\ufeff # query\n,,, ${mutation}`,
    `# { a }\r${mutation}`,
    `{ a } ${mutation}`,
    `query A { a } mutation B { b }`,
    `${mutation} query Z { a }`,
    `fragment F on Mutation { a } mutation { ...F }`,
    'fragment F on Query { a }',
    'subscription { a }',
    '{ a } subscription S { b }',
    'type Query { a: Int }',
    '{ a } extend type Query { b: Int }',
    'schema { query: Q }',
    '"""query""" mutation { a }',
    'mutation',
    'MUTATION { a }',
    'query { a',
    '{ a(b: "unended) }\n mutation { a }',
    '# a comment that ends\u0001mutation { a }\n{ a }',
    '# a comment that ends\u2028mutation { a }\n{ a }',
    '{ a } \u0000 mutation { a }',
    '',
    ' \n\t,',
    '# nothing',
    'null',
    '[]',
    '{"query":"{ a }"}',
    '{}',
    '{ '.repeat(100_000),
    '{ a(b: '.concat('['.repeat(100_000)),
    `{ ${'a '.repeat(20_000)} }`
  ])('%s', (document) => {
    expect(isQueryOnly(document)).toBe(false)
  })

  it('wherever a mutation stands between queries, comments, commas and marks', () => {
    const filler = fc.constantFrom(' ', '\n', '\r', '\t', ',', '\ufeff', '# {\n', '#"""\r\n', '{ a }', 'query Q { a }')
    fc.assert(
      fc.property(fc.array(filler), fc.array(filler), (before, after) => {
        expect(isQueryOnly(`${before.join('')}${mutation}${after.join('')}`)).toBe(false)
      })
    )
  })
})
