import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  deploymentAttributes,
  executionAttributes,
  functionAttributes,
  messageAttributes,
  type Attributes
} from '../../../../src-main/appwrite/attributes.ts'
import { encodeQuery } from '../../../../src-main/appwrite/encode-query.ts'
import { timeText } from '../../../../src-main/appwrite/api-time.ts'
import { Query, query, where, type Filters } from '../../../../src-main/appwrite/queries.ts'
import { parseVersion, type ServerVersion } from '../../../../src-main/appwrite/versions.ts'
import { Failure } from '../../../../src-main/core/failure.ts'
import type { Fault } from '../../../../src-main/contract/fault.ts'

const at = (text: string): ServerVersion | null => parseVersion(text)

/** What a server reads from the URL: made by other code than the encoder. */
function readBack<List extends Attributes>(asked: Query<List>, version: ServerVersion | null): unknown[] {
  const search = new URLSearchParams(encodeQuery(asked, version)).toString()
  const pairs = [...new URL(`http://a.example/v1/x?${search}`).searchParams]
  return pairs.map(([name, value], index) => {
    expect(name).toBe(`queries[${index}]`)
    return JSON.parse(value) as unknown
  })
}

function faultOf(act: () => unknown): Fault {
  try {
    act()
  } catch (error) {
    if (error instanceof Failure) return error.fault
    throw error
  }
  throw new Error('no fault')
}

describe('a query', () => {
  it('comes out in the form of the API, each method with its shape', () => {
    const since = Date.UTC(2024, 4, 1)
    const asked = query(executionAttributes)
      .equal('status', ['failed', 'waiting'])
      .notEqual('trigger', 'http')
      .lessThan('responseStatusCode', 500)
      .lessThanEqual('responseStatusCode', 499)
      .greaterThan('duration', 0.5)
      .greaterThanEqual('$createdAt', since)
      .between('responseStatusCode', 400, 499)
      .contains('trigger', ['ht'])
      .search('trigger', 'http')
      .startsWith('status', 'fa')
      .endsWith('status', 'ed')
      .isNull('status')
      .isNotNull('$id')
      .orderAsc('$createdAt')
      .orderDesc('duration')
      .limit(25)
      .offset(0)
      .cursorAfter('abc')
      .cursorBefore('def')
    expect(readBack(asked, at('1.5.11'))).toEqual([
      { method: 'equal', attribute: 'status', values: ['failed', 'waiting'] },
      { method: 'notEqual', attribute: 'trigger', values: ['http'] },
      { method: 'lessThan', attribute: 'responseStatusCode', values: [500] },
      { method: 'lessThanEqual', attribute: 'responseStatusCode', values: [499] },
      { method: 'greaterThan', attribute: 'duration', values: [0.5] },
      { method: 'greaterThanEqual', attribute: '$createdAt', values: ['2024-05-01T00:00:00.000+00:00'] },
      { method: 'between', attribute: 'responseStatusCode', values: [400, 499] },
      { method: 'contains', attribute: 'trigger', values: ['ht'] },
      { method: 'search', attribute: 'trigger', values: ['http'] },
      { method: 'startsWith', attribute: 'status', values: ['fa'] },
      { method: 'endsWith', attribute: 'status', values: ['ed'] },
      { method: 'isNull', attribute: 'status' },
      { method: 'isNotNull', attribute: '$id' },
      { method: 'orderAsc', attribute: '$createdAt' },
      { method: 'orderDesc', attribute: 'duration' },
      { method: 'limit', values: [25] },
      { method: 'offset', values: [0] },
      { method: 'cursorAfter', values: ['abc'] },
      { method: 'cursorBefore', values: ['def'] }
    ])
  })

  it('nests “and” and “or” as objects, and joins several conditions of one part by “and”', () => {
    const part = where(executionAttributes)
    const asked = query(executionAttributes).or(
      part.equal('status', ['failed']),
      part.equal('status', ['completed']).greaterThan('duration', 10),
      part.and(part.isNull('status'), part.isNotNull('$id'))
    )
    expect(readBack(asked, null)).toEqual([
      {
        method: 'or',
        values: [
          { method: 'equal', attribute: 'status', values: ['failed'] },
          {
            method: 'and',
            values: [
              { method: 'equal', attribute: 'status', values: ['completed'] },
              { method: 'greaterThan', attribute: 'duration', values: [10] }
            ]
          },
          {
            method: 'and',
            values: [
              { method: 'isNull', attribute: 'status' },
              { method: 'isNotNull', attribute: '$id' }
            ]
          }
        ]
      }
    ])
  })

  it('is never changed by building on it', () => {
    const failed = query(executionAttributes).equal('status', ['failed'])
    failed.limit(1)
    expect(failed.clauses).toHaveLength(1)
    expect(Query.of(where(executionAttributes).isNull('status')).limit(2).clauses).toHaveLength(2)
  })

  it('survives the URL whatever its values hold', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 })
    const clause = fc.oneof(
      fc.array(text, { minLength: 1, maxLength: 5 }).map((values) => ['equal', 'name', values] as const),
      fc.integer().map((value) => ['greaterThan', 'timeout', [value]] as const),
      fc.boolean().map((value) => ['notEqual', 'enabled', [value]] as const),
      text.map((value) => ['startsWith', 'name', [value]] as const)
    )
    fc.assert(
      fc.property(fc.array(clause, { maxLength: 20 }), (clauses) => {
        let asked = query(functionAttributes)
        for (const [method, attribute, values] of clauses) {
          const [first] = values
          if (method === 'equal') asked = asked.equal(attribute, [values[0] ?? '', ...values.slice(1)])
          else if (method === 'greaterThan') asked = asked.greaterThan(attribute, Number(first))
          else if (method === 'notEqual') asked = asked.notEqual(attribute, Boolean(first))
          else asked = asked.startsWith(attribute, String(first))
        }
        const expected = clauses.map(([method, attribute, values]) => ({ method, attribute, values }))
        expect(readBack(asked, null)).toEqual(expected)
      })
    )
  })

  it('writes a time so that it reads back to the same millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (atMs) => {
        expect(Date.parse(timeText(atMs))).toBe(atMs)
        expect(timeText(atMs)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
      })
    )
  })

  it('calls an attribute by the name the version has for it, in conditions, nested ones and orders', () => {
    const part = where(functionAttributes).equal('deploymentId', ['d1'])
    const asked = query(functionAttributes).or(part, part).orderAsc('deploymentId')
    const names = (version: ServerVersion | null) => JSON.stringify(readBack(asked, version)).match(/deployment\w*/g)
    expect(names(null)).toEqual(['deployment', 'deployment', 'deployment'])
    expect(names(at('1.6.2'))).toEqual(['deployment', 'deployment', 'deployment'])
    expect(names(at('1.7.0'))).toEqual(['deploymentId', 'deploymentId', 'deploymentId'])
  })

  it('is refused with the reason where the version does not take the attribute', () => {
    const byStatus = query(deploymentAttributes).equal('status', ['failed'])
    const bySize = query(deploymentAttributes).greaterThan('size', 1)
    expect(faultOf(() => encodeQuery(byStatus, at('1.6.1')))).toMatchObject({ code: 'unsupported' })
    expect(faultOf(() => encodeQuery(byStatus, null)).message).toContain('“status”')
    expect(encodeQuery(byStatus, at('1.7.5'))).toHaveLength(1)
    expect(encodeQuery(bySize, at('1.6.1'))).toHaveLength(1)
    expect(faultOf(() => encodeQuery(bySize, at('1.7.5'))).message).toContain('removed with 1.7.0')
  })

  it('is refused past the limits of the server', () => {
    let many = query(executionAttributes)
    for (let index = 0; index < 101; index++) many = many.isNull('status')
    expect(faultOf(() => encodeQuery(many, null))).toMatchObject({ code: 'invalid', field: 'query' })
    const long = query(functionAttributes).equal('name', ['x'.repeat(4096)])
    expect(faultOf(() => encodeQuery(long, null))).toMatchObject({ code: 'invalid', field: 'query' })
    for (const count of [0, -1, 1.5, NaN, Infinity]) {
      expect(faultOf(() => query(functionAttributes).limit(count))).toMatchObject({ code: 'invalid' })
    }
    for (const value of [NaN, Infinity]) {
      expect(faultOf(() => query(functionAttributes).equal('timeout', [value]))).toMatchObject({ code: 'invalid' })
      expect(faultOf(() => query(functionAttributes).lessThan('$createdAt', value))).toMatchObject({ code: 'invalid' })
    }
    const nothing = where(functionAttributes)
    expect(faultOf(() => query(functionAttributes).and(nothing, nothing))).toMatchObject({ code: 'invalid' })
  })
})

/** Compiles only while the builder refuses these; never run. */
export function typeErrors(): void {
  const executions = query(executionAttributes)
  // @ts-expect-error no such attribute
  executions.equal('state', ['failed'])
  // @ts-expect-error an attribute of another list
  executions.equal('enabled', [true])
  // @ts-expect-error a number is compared with numbers
  executions.equal('responseStatusCode', ['500'])
  // @ts-expect-error a text is compared with texts
  executions.equal('status', [500])
  // @ts-expect-error one value at least
  executions.equal('status', [])
  // @ts-expect-error numbers have no beginning
  executions.startsWith('duration', '1')
  // @ts-expect-error times are numbers
  executions.greaterThan('$createdAt', '2024-05-01')
  // @ts-expect-error no server has a column for it
  query(messageAttributes).equal('description', ['x'])
  // @ts-expect-error at least two
  executions.or(where(executionAttributes).isNull('status'))
  // @ts-expect-error conditions of another list
  executions.and(where(functionAttributes).isNull('name'), where(functionAttributes).isNull('name'))
}

type IsAssignable<From, To> = From extends To ? true : false
type Executions = typeof executionAttributes

// A query is not made of conditions by assigning, nor the other way round, and conditions have no page.
export const kindsStayApart: readonly [false, false, false] = [
  false satisfies IsAssignable<Filters<Executions>, Query<Executions>>,
  false satisfies IsAssignable<Query<Executions>, Filters<Executions>>,
  false satisfies IsAssignable<'limit', keyof Filters<Executions>>
]
