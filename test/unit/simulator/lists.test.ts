import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ApiError } from '../../../src-main/simulator/http/api-error.ts'
import { parseQuery } from '../../../src-main/simulator/http/query.ts'
import type { ListName } from '../../../src-main/simulator/lists/attributes.ts'
import { countsTotal, listPage, readList, selectFields } from '../../../src-main/simulator/lists/list-request.ts'
import type { RowValue } from '../../../src-main/simulator/lists/match.ts'
import { matchesSearch } from '../../../src-main/simulator/lists/search.ts'
import { versionNamed } from '../../../src-main/simulator/versions/versions.ts'

type Row = Readonly<Record<string, RowValue>>

const read = (query: unknown[], list: ListName = 'executions', version = '1.9.6') =>
  readList(
    parseQuery(
      query
        .map((one, at) => `queries[${at}]=${encodeURIComponent(typeof one === 'string' ? one : JSON.stringify(one))}`)
        .join('&')
    ),
    list,
    versionNamed(version)
  )

function page(rows: readonly Row[], queries: unknown[]) {
  const list = { rows, idOf: (row: Row) => String(row.$id), read: (row: Row, name: string) => row[name] }
  const { total, rows: found } = listPage(list, read(queries), 'Execution')
  return { total, ids: found.map(({ $id }) => $id) }
}

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof ApiError) return `${error.code} ${error.type}: ${error.message}`
    throw error
  }
  return 'no refusal'
}

describe('query strings', () => {
  const invalid = (why: string) => `400 general_argument_invalid: Invalid \`queries\` param: ${why}`

  it.each([
    ['{not json', 'Invalid query: Invalid query: Syntax error'],
    ['', 'Invalid query: Invalid query: Syntax error'],
    ['limit(1)', 'Invalid query: Invalid query: Syntax error'],
    ['null', 'Invalid query: Invalid query. Must be an array, got NULL'],
    ['1.5', 'Invalid query: Invalid query. Must be an array, got double'],
    [{ method: 'bogus' }, 'Invalid query: Invalid query method: bogus'],
    [{ method: 5 }, 'Invalid query: Invalid query method. Must be a string, got integer'],
    [{ method: 'limit', values: 5 }, 'Invalid query: Invalid query values. Must be an array, got integer'],
    [{ method: 'select', values: ['status'] }, 'Invalid query method: select'],
    [{ method: 'equal', attribute: 'logs', values: ['x'] }, 'Invalid query: Attribute not found in schema: logs'],
    [{ method: 'orderAsc', attribute: 'logs' }, 'Invalid query: Attribute not found in schema: logs'],
    [{ method: 'equal', attribute: 'status', values: [] }, 'Invalid query: Equal queries require at least one value.'],
    [
      { method: 'notEqual', attribute: 'status', values: ['a', 'b'] },
      'Invalid query: NotEqual queries require exactly one value.'
    ],
    [
      { method: 'between', attribute: 'duration', values: [1] },
      'Invalid query: Between queries require exactly two values.'
    ],
    [
      { method: 'greaterThan', attribute: 'responseStatusCode', values: ['500'] },
      'Invalid query: Query value is invalid for attribute "responseStatusCode"'
    ],
    [
      { method: 'limit', values: [0] },
      'Invalid query: Invalid limit: Value must be a valid range between 1 and 9,223,372,036,854,775,807'
    ],
    [
      { method: 'offset', values: [-1] },
      'Invalid query: Invalid offset: Value must be a valid range between 0 and 9,223,372,036,854,775,807'
    ],
    [{ method: 'limit', values: ['many'] }, 'Invalid query: Invalid limit: Value must be a valid number'],
    [
      { method: 'or', values: [{ method: 'equal', attribute: 'status', values: ['failed'] }] },
      'Invalid query: Or queries require at least two queries'
    ],
    [
      {
        method: 'and',
        values: [
          { method: 'limit', values: [1] },
          { method: 'limit', values: [1] }
        ]
      },
      'Invalid query: And queries can only contain filter queries'
    ]
  ])('refuse %j in the server’s words', (query, why) => {
    expect(refusal(() => read([query]))).toBe(invalid(why))
  })

  it('refuse what is no list, and a list’s first mistake before its second', () => {
    expect(refusal(() => readList(parseQuery('queries=limit'), 'functions', versionNamed('1.5.11')))).toBe(
      invalid('Queries must be an array')
    )
    expect(refusal(() => read([{ method: 'limit', values: [0] }, '{']))).toContain('Invalid limit')
  })

  it('know each version’s attributes', () => {
    const takes = (list: ListName, attribute: string, version: string) =>
      refusal(() => read([{ method: 'orderAsc', attribute }], list, version)) === 'no refusal'
    expect(takes('functions', 'deployment', '1.6.2')).toBe(true)
    expect(takes('functions', 'deployment', '1.7.5')).toBe(false)
    expect(takes('functions', 'deploymentId', '1.7.5')).toBe(true)
    expect(takes('deployments', 'status', '1.6.2')).toBe(false)
    expect(takes('deployments', 'status', '1.7.5')).toBe(true)
    expect(takes('deployments', 'size', '1.7.5')).toBe(false)
    expect(takes('executions', 'requestPath', '1.5.11')).toBe(false)
    expect(takes('executions', '$sequence', '1.7.5')).toBe(false)
    expect(takes('executions', '$sequence', 'main')).toBe(true)
    expect(takes('messages', 'description', '1.6.2')).toBe(true)
    expect(takes('messages', 'description', '1.7.5')).toBe(false)
    expect(read([{ method: 'select', values: ['status'] }], 'deployments', '1.9.6').selected).toEqual(['status'])
    expect(refusal(() => read([{ method: 'select', values: ['name'] }], 'functions', '1.9.6'))).toBe(
      invalid('Invalid query method: select')
    )
  })

  it('count unless told `total=0` by a version that knows it', () => {
    const counts = (search: string, version: string) => countsTotal(parseQuery(search), versionNamed(version))
    expect([counts('total=0', '1.9.6'), counts('total=false', '1.9.6'), counts('total=0', '1.7.5')]).toEqual([
      false,
      true,
      true
    ])
  })
})

describe('a page of a list', () => {
  const at = (second: number) => Date.UTC(2026, 0, 1, 0, 0, second)
  const rows: Row[] = [
    { $id: 'a', $createdAt: at(1), status: 'failed', responseStatusCode: 500, duration: 0.5, requestPath: '/Über' },
    { $id: 'b', $createdAt: at(2), status: 'completed', responseStatusCode: 200, duration: 0.1, requestPath: '/a/b' },
    { $id: 'c', $createdAt: at(3), status: 'completed', responseStatusCode: 200, duration: 3, requestPath: undefined },
    { $id: 'd', $createdAt: at(4), status: 'waiting', responseStatusCode: 0, duration: 0, requestPath: '/' }
  ]
  const ids = (...queries: unknown[]) => page(rows, queries).ids

  it('filters as the database compares: types kept, case and accents not', () => {
    expect(ids({ method: 'equal', attribute: 'status', values: ['FAILED', 'waiting'] })).toEqual(['a', 'd'])
    expect(ids({ method: 'startsWith', attribute: 'requestPath', values: ['/u'] })).toEqual(['a'])
    expect(ids({ method: 'isNull', attribute: 'requestPath' })).toEqual(['c'])
    expect(ids({ method: 'notEqual', attribute: 'requestPath', values: ['/'] })).toEqual(['a', 'b'])
    expect(ids({ method: 'between', attribute: 'duration', values: [0.1, 0.5] })).toEqual(['a', 'b'])
    expect(ids({ method: 'greaterThan', attribute: '$createdAt', values: ['2026-01-01T00:00:02.000+00:00'] })).toEqual([
      'c',
      'd'
    ])
    expect(
      ids({
        method: 'or',
        values: [
          { method: 'equal', attribute: 'status', values: ['waiting'] },
          {
            method: 'and',
            values: [
              { method: 'equal', attribute: 'status', values: ['completed'] },
              { method: 'greaterThan', attribute: 'duration', values: [1] }
            ]
          }
        ]
      })
    ).toEqual(['c', 'd'])
  })

  it('walks from a cursor either way, in the order asked for, whether or not the cursor passes', () => {
    const newest = { method: 'orderDesc', attribute: '$createdAt' }
    expect(ids(newest, { method: 'cursorAfter', values: ['c'] })).toEqual(['b', 'a'])
    expect(ids(newest, { method: 'cursorBefore', values: ['a'] }, { method: 'limit', values: [2] })).toEqual(['c', 'b'])
    expect(
      ids({ method: 'equal', attribute: 'status', values: ['completed'] }, { method: 'cursorAfter', values: ['a'] })
    ).toEqual(['b', 'c'])
    expect(ids({ method: 'orderDesc' })).toEqual(['d', 'c', 'b', 'a'])
    expect(ids({ method: 'orderDesc', attribute: '$sequence' }, { method: 'limit', values: [1] })).toEqual(['d'])
    expect(refusal(() => ids({ method: 'cursorAfter', values: ['nope'] }))).toBe(
      "400 general_cursor_not_found: Execution 'nope' for the 'cursor' value not found."
    )
  })

  it('has 25 rows when not told, and never says more than 5000', () => {
    const many = Array.from({ length: 6000 }, (_, at): Row => ({ $id: `r${at}` }))
    expect(page(many, [])).toMatchObject({ total: 5000, ids: { length: 25 } })
    expect(page(many, [{ method: 'limit', values: [100_000] }]).ids).toHaveLength(6000)
    expect(page(many, [{ method: 'offset', values: [5990] }])).toMatchObject({ total: 5000, ids: { length: 10 } })
  })

  it('agrees with a naive evaluation, whatever is asked', () => {
    const statuses = ['completed', 'failed', 'waiting'] as const
    const row = fc.record({
      status: fc.constantFrom(...statuses),
      responseStatusCode: fc.constantFrom(0, 200, 404, 500),
      duration: fc.integer({ min: 0, max: 5 })
    })
    const comparing = fc.constantFrom('lessThan', 'lessThanEqual', 'greaterThan', 'greaterThanEqual', 'notEqual')
    const filter = fc.oneof(
      fc.record({
        method: fc.constant('equal'),
        attribute: fc.constant('status'),
        values: fc.uniqueArray(fc.constantFrom(...statuses), { minLength: 1 })
      }),
      fc.record({
        method: comparing,
        attribute: fc.constantFrom('duration', 'responseStatusCode'),
        values: fc.tuple(fc.integer({ min: 0, max: 500 }))
      })
    )
    const asked = fc.record({
      rows: fc.array(row, { maxLength: 30 }),
      filters: fc.array(filter, { maxLength: 3 }),
      order: fc.option(
        fc.record({
          method: fc.constantFrom('orderAsc', 'orderDesc'),
          attribute: fc.constantFrom('duration', 'status', '$id')
        })
      ),
      limit: fc.integer({ min: 1, max: 10 }),
      offset: fc.integer({ min: 0, max: 5 }),
      cursor: fc.option(fc.record({ method: fc.constantFrom('cursorAfter', 'cursorBefore'), at: fc.nat(29) }))
    })
    const naive: Record<string, (own: number, value: number) => boolean> = {
      lessThan: (own, value) => own < value,
      lessThanEqual: (own, value) => own <= value,
      greaterThan: (own, value) => own > value,
      greaterThanEqual: (own, value) => own >= value,
      notEqual: (own, value) => own !== value
    }
    fc.assert(
      fc.property(asked, ({ rows: drawn, filters, order, limit, offset, cursor }) => {
        const all = drawn.map((one, at) => ({ ...one, $id: `id${String(at).padStart(2, '0')}`, at }))
        const passing = all.filter((one) =>
          filters.every(({ method, attribute, values }) => {
            if (method === 'equal') return (values as string[]).includes(one.status)
            const own = attribute === 'duration' ? one.duration : one.responseStatusCode
            return naive[method]?.(own, values[0]) === true
          })
        )
        const key = (one: (typeof all)[number]) =>
          order?.attribute === 'duration' ? one.duration : order?.attribute === 'status' ? one.status : one.$id
        const sign = order?.method === 'orderDesc' ? -1 : 1
        const compare = (a: (typeof all)[number], b: (typeof all)[number]) =>
          key(a) === key(b) ? a.at - b.at : key(a) < key(b) ? -sign : sign
        const sorted = [...passing].sort(compare)
        const here = cursor === null ? undefined : all[cursor.at % Math.max(1, all.length)]
        const isBefore = cursor?.method === 'cursorBefore' && here !== undefined
        const near = here === undefined ? sorted : sorted.filter((one) => compare(one, here) * (isBefore ? -1 : 1) > 0)
        const walked = isBefore ? [...near].reverse() : near
        const expected = walked.slice(offset, offset + limit)
        if (isBefore) expected.reverse()
        expect(
          page(all, [
            ...filters,
            ...(order === null ? [] : [order]),
            { method: 'limit', values: [limit] },
            { method: 'offset', values: [offset] },
            ...(here === undefined ? [] : [{ method: cursor?.method, values: [here.$id] }])
          ])
        ).toEqual({ total: passing.length, ids: expected.map(({ $id }) => $id) })
      })
    )
  })
})

describe('small parts of lists', () => {
  it('search finds any word, and a beginning of the last', () => {
    expect(matchesSearch('6b04be9a index.js', 'index.js')).toBe(true)
    expect(matchesSearch('hello Hello node-18.0', 'hello"')).toBe(true)
    expect(matchesSearch('hello', 'hel')).toBe(true)
    expect(matchesSearch('hello world', 'hel world')).toBe(true)
    expect(matchesSearch('hello', 'zzz')).toBe(false)
    expect(matchesSearch('hello', '"')).toBe(false)
  })

  it('a selection keeps what is always sent', () => {
    const row = { $id: 'a', $createdAt: 1, $updatedAt: 2, status: 'ready', type: 'cli' }
    expect(selectFields(row, ['status'])).toEqual({ $id: 'a', $createdAt: 1, $updatedAt: 2, status: 'ready' })
    expect(selectFields(row, null)).toBe(row)
  })
})
