import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { executionAttributes } from '../../../../src-main/appwrite/attributes.ts'
import { each } from '../../../../src-main/appwrite/pages.ts'
import { timeText } from '../../../../src-main/appwrite/api-time.ts'
import { where } from '../../../../src-main/appwrite/queries.ts'
import { faultFrom, never } from '../listener.ts'
import { projectOn, type Got, type Say } from './asking.ts'
import { wireError, wireExecution } from './wire.ts'

interface Stored {
  readonly id: string
  readonly atMs: number
  readonly sequence: number
}

interface AskedQuery {
  readonly method: string
  readonly attribute?: string
  readonly values?: readonly (string | number)[]
}

const startMs = Date.UTC(2026, 10, 24)

/** A list of executions that is ordered, cut and paged as Appwrite does it, and changes before each request. */
class Store {
  readonly stored: Stored[] = []
  readonly tieOrder: 1 | -1
  #sequence = 0

  constructor(tieOrder: 1 | -1) {
    this.tieOrder = tieOrder
  }

  add(atMs: number): string {
    const sequence = this.#sequence++
    const id = `e${sequence}`
    this.stored.push({ id, atMs, sequence })
    return id
  }

  delete(id: string): void {
    const at = this.stored.findIndex((one) => one.id === id)
    if (at >= 0) this.stored.splice(at, 1)
  }

  readonly say: Say = ({ query }: Got) => {
    const queries = query.map(([, text]) => JSON.parse(text) as AskedQuery)
    const valueOf = (method: string) => queries.find((one) => one.method === method)?.values?.[0]
    const isDescending = queries.some((one) => one.method === 'orderDesc')
    const upTo = Date.parse(String(valueOf('lessThanEqual') ?? '9999-01-01'))
    const from = Date.parse(String(valueOf('greaterThanEqual') ?? '1970-01-01'))
    const sign = isDescending ? -1 : 1
    const ordered = [...this.stored].sort(
      (a, b) => sign * (a.atMs - b.atMs) || this.tieOrder * (a.sequence - b.sequence)
    )
    const cursor = valueOf('cursorAfter')
    const at = cursor === undefined ? -1 : ordered.findIndex(({ id }) => id === cursor)
    if (cursor !== undefined && at < 0) return { status: 400, body: wireError(400, 'general_cursor_not_found') }
    const found = ordered
      .slice(at + 1)
      .filter(({ atMs }) => atMs >= from && atMs <= upTo)
      .slice(0, Number(valueOf('limit') ?? 25))
    const executions = found.map(({ id, atMs }) => wireExecution({ $id: id, $createdAt: timeText(atMs) }))
    return { body: { total: Math.min(5000, this.stored.length), executions } }
  }
}

const change = fc.record({ add: fc.nat(2), delete: fc.array(fc.nat(200), { maxLength: 4 }) })

describe('a walk through a list', () => {
  it('meets each document that stays exactly once, whatever is added and deleted between pages', async () => {
    let store = new Store(1)
    let changes: (typeof change extends fc.Arbitrary<infer Change> ? Change : never)[] = []
    let lastGiven: string | null = null
    const { project } = await projectOn((got) => {
      const next = changes.shift()
      if (next !== undefined && got.query.some(([, text]) => text.includes('cursorAfter'))) {
        for (let count = next.add; count > 0; count--) store.add(startMs + 1000)
        // The document the walk stands on is deleted more often than chance would have it.
        if (next.delete.length > 1 && lastGiven !== null) store.delete(lastGiven)
        for (const index of next.delete) store.delete(store.stored[index % (store.stored.length || 1)]?.id ?? '')
      }
      return store.say(got)
    }, '1.7.5')
    const cases = fc.record({
      times: fc.array(fc.nat(6), { maxLength: 40 }),
      pageSize: fc.integer({ min: 1, max: 7 }),
      tieOrder: fc.constantFrom<1 | -1>(1, -1),
      from: fc.constantFrom<'newest' | 'oldest'>('newest', 'oldest'),
      changes: fc.array(change, { maxLength: 12 })
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ times, pageSize, tieOrder, from, changes: planned }) => {
        store = new Store(tieOrder)
        for (const time of times) store.add(startMs + time)
        const before = store.stored.map(({ id }) => id)
        changes = [...planned]
        lastGiven = null
        const met: string[] = []
        const walk = { where: where(executionAttributes), pageSize, from }
        for await (const page of project.executions.pages('resize', walk, never)) {
          met.push(...page.map(({ id }) => id))
          lastGiven = met.at(-1) ?? null
        }
        const left = new Set(store.stored.map(({ id }) => id))
        expect(new Set(met).size).toBe(met.length)
        expect(before.filter((id) => left.has(id) && !met.includes(id))).toEqual([])
      }),
      { numRuns: 120 }
    )
  })

  it('gives what it meets in order, one by one, and asks no further than it is read', async () => {
    const store = new Store(-1)
    for (let index = 0; index < 10; index++) store.add(startMs + index)
    const { project, got } = await projectOn(store.say, '1.5.11')
    const walk = { where: where(executionAttributes), pageSize: 3 }
    const met: string[] = []
    for await (const { id } of each(project.executions.pages('resize', walk, never))) {
      met.push(id)
      if (met.length === 4) break
    }
    expect(met).toEqual(['e9', 'e8', 'e7', 'e6'])
    expect(got).toHaveLength(2)
  })

  it('keeps its conditions on every page, also where the cursor died', async () => {
    const store = new Store(1)
    for (let index = 0; index < 5; index++) store.add(startMs + index)
    const { project, got } = await projectOn((asked) => {
      if (asked.query.some(([, text]) => text.includes('cursorAfter'))) store.delete('e3')
      return store.say(asked)
    }, '1.5.11')
    const failed = where(executionAttributes).equal('status', ['failed'])
    const walk = { where: failed, pageSize: 2 }
    for await (const page of project.executions.pages('resize', walk, never)) expect(page.length).toBeGreaterThan(0)
    const condition = { method: 'equal', attribute: 'status', values: ['failed'] }
    expect(got.map(({ query }) => JSON.parse(query[0]?.[1] ?? '') as unknown)).toEqual(got.map(() => condition))
    expect(got.some(({ query }) => query.some(([, text]) => text.includes('lessThanEqual')))).toBe(true)
  })

  it('ends as cancelled by an abort between pages and during one', async () => {
    const store = new Store(1)
    for (let index = 0; index < 9; index++) store.add(startMs + index)
    const { project } = await projectOn(store.say, '1.5.11')
    const walk = { where: where(executionAttributes), pageSize: 2 }
    const between = new AbortController()
    const met: number[] = []
    const walking = (async () => {
      for await (const page of project.executions.pages('resize', walk, between.signal)) {
        met.push(page.length)
        between.abort()
      }
    })()
    expect(await faultFrom(walking)).toMatchObject({ code: 'cancelled' })
    expect(met).toEqual([2])
    const during = new AbortController()
    const first = project.executions.pages('resize', walk, during.signal).next()
    during.abort()
    expect(await faultFrom(first)).toMatchObject({ code: 'cancelled' })
  })

  it('passes on every fault but that of a dead cursor', async () => {
    const { project, got } = await projectOn(
      () => ({ status: 400, body: wireError(400, 'general_argument_invalid', 'general_cursor_not_found it is not') }),
      '1.5.11'
    )
    const walk = { where: where(executionAttributes) }
    expect(await faultFrom(project.executions.pages('resize', walk, never).next())).toMatchObject({ code: 'invalid' })
    expect(got).toHaveLength(1)
  })
})
