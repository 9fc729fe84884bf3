import { describe, expect, it } from 'vitest'
import type { Simulator } from '../../../../src-main/simulator/simulator.ts'
import { like } from '../ask.ts'
import { closeAfterEach, fields, holding, nightMs, rows, send, startAtNight, withQueries } from './functions-server.ts'

closeAfterEach()

const minuteMs = 60_000
const newest = { method: 'orderDesc', attribute: '$createdAt' }
const limit = (count: number) => ({ method: 'limit', values: [count] })
const equal = (attribute: string, ...values: unknown[]) => ({ method: 'equal', attribute, values })
const of = (functionId: string) => `/functions/${functionId}/executions`
const list = (simulator: Simulator, functionId: string, ...queries: Record<string, unknown>[]) =>
  rows(simulator, withQueries(of(functionId), ...queries), 'executions')
const total = async (simulator: Simulator, functionId: string, ...queries: Record<string, unknown>[]) =>
  (await fields(send(simulator, 'GET', withQueries(of(functionId), ...queries)))).total

describe('the executions of the past fortnight', () => {
  it('are thousands, of which a list says 5000 at most and pages through all', async () => {
    const simulator = await startAtNight()
    expect(await total(simulator, 'checkout-api')).toBe(5000)
    const seen = new Set<unknown>()
    let cursor: unknown = null
    for (let pages = 0; pages < 100; pages++) {
      const after = cursor === null ? [] : [{ method: 'cursorAfter', values: [cursor] }]
      const page = await list(simulator, 'checkout-api', limit(500), ...after)
      for (const { $id } of page) seen.add($id)
      cursor = page.at(-1)?.$id ?? null
      if (page.length < 500) break
    }
    expect(seen.size).toBeGreaterThan(5500)
    const [oldest] = await list(simulator, 'checkout-api', limit(1))
    expect(Date.parse(String(oldest?.$createdAt))).toBeGreaterThanOrEqual(nightMs - 15 * 24 * 60 * minuteMs)
  })

  it('are the same from wherever they are looked at', async () => {
    const [one, two] = [await startAtNight(), await startAtNight({ startMs: nightMs + 90 * minuteMs })]
    const [before] = await list(one, 'order-mailer', newest, limit(1))
    const path = `${of('order-mailer')}/${String(before?.$id)}`
    expect((await send(two, 'GET', path)).body).toBe((await send(one, 'GET', path)).body)
  })

  it('read like a real company’s: traces, timeouts, colours, scripts of the world, and very long logs', async () => {
    const simulator = await startAtNight()
    const errors = async (functionId: string) =>
      (await list(simulator, functionId, equal('status', 'failed'), newest, limit(60))).map((one) => String(one.errors))
    expect(await errors('checkout-api')).toContainEqual(like(/ {4}at .*\(node:/))
    expect(await errors('catalogue-import')).toContainEqual(like(/^Traceback \(most recent call last\):\n/))
    expect(await errors('catalogue-import')).toContainEqual('Runtime container crashed\\nError Code: 500')
    expect(await errors('order-mailer')).toContainEqual(like(/421 4\.7\.0 Temporary system problem/))
    const logs = async (functionId: string) =>
      (await list(simulator, functionId, newest, limit(80))).map((one) => String(one.logs))
    expect(await logs('product-thumbnails')).toContainEqual(holding('\u001b[36minfo\u001b[39m'))
    expect(await logs('order-mailer')).toContainEqual(like(/[^\p{ASCII}\p{Script=Latin}\p{P}\p{S}]/u))
    const long = await logs('catalogue-import')
    expect(Math.max(...long.map((text) => text.length))).toBeGreaterThan(100_000)
    expect(long).toContainEqual(holding('] 100 %\u0007\n'))
  })

  it('fail from 400 on in 1.5, from 500 on later', async () => {
    const [old, modern] = [await startAtNight(), await startAtNight({ version: '1.6.1' })]
    const lost = equal('responseStatusCode', 404)
    const count = await total(old, 'checkout-api', lost)
    expect(count).toBeGreaterThan(50)
    expect(await total(old, 'checkout-api', lost, equal('status', 'failed'))).toBe(count)
    expect(await total(modern, 'checkout-api', lost, equal('status', 'failed'))).toBe(0)
  })

  it('are not kept of a function without logging up to 1.6, and kept without words later', async () => {
    const [old, modern] = [await startAtNight({ version: '1.6.2' }), await startAtNight({ version: '1.7.5' })]
    expect(await total(old, 'consent-beacon')).toBe(0)
    expect(await total(modern, 'consent-beacon')).toBeGreaterThan(2000)
    const words = (await list(modern, 'consent-beacon', limit(50))).flatMap(({ logs, errors }) => [logs, errors])
    expect(new Set(words)).toEqual(new Set(['']))
  })

  it('go on by themselves as time does: the schedule runs, and an event waits for a worker', async () => {
    const simulator = await startAtNight()
    const before = await total(simulator, 'cart-cleanup', equal('trigger', 'schedule'))
    simulator.control.step(60 * minuteMs)
    expect(await total(simulator, 'cart-cleanup', equal('trigger', 'schedule'))).toBe(Number(before) + 4)
    const seen: unknown[] = []
    simulator.control.step(5 * minuteMs)
    const soon = withQueries(of('catalogue-import'), newest, limit(1))
    for (let at = 0; at < 60 && seen.length < 3; at++) {
      const [{ status, $createdAt } = {}] = await rows(simulator, soon, 'executions')
      const isNew = Date.parse(String($createdAt)) >= nightMs + 65 * minuteMs
      if (isNew && seen.at(-1) !== status) seen.push(status)
      simulator.control.step(seen.at(-1) === 'processing' ? 10_000 : 250)
    }
    expect(seen.slice(0, 2)).toEqual(['waiting', 'processing'])
    expect(['completed', 'failed']).toContain(seen[2])
  })
})

describe('a new execution', () => {
  const run = (simulator: Simulator, functionId: string, body: unknown) =>
    fields(send(simulator, 'POST', of(functionId), body))

  it('is answered when it is over, and stored without its response', async () => {
    const simulator = await startAtNight()
    const answer = await run(simulator, 'checkout-api', { path: '/orders/42', method: 'GET' })
    expect(answer).toMatchObject({
      status: 201,
      functionId: 'checkout-api',
      trigger: 'http',
      requestMethod: 'GET',
      requestPath: '/orders/42',
      logs: like(/"msg":"GET \/orders\/42"/)
    })
    expect(answer.responseBody).not.toBe('')
    const stored = await fields(send(simulator, 'GET', `${of('checkout-api')}/${String(answer.$id)}`))
    expect({ ...stored, status: 201 }).toEqual({ ...answer, responseBody: '' })
    expect((await list(simulator, 'checkout-api', newest, limit(1)))[0]).toMatchObject({ $id: answer.$id })
  })

  it('waits, runs and ends by the clock when nobody waits for it', async () => {
    const simulator = await startAtNight()
    const answer = await run(simulator, 'sales-report', { async: true, path: '/' })
    expect(answer).toMatchObject({ status: 202, state: 'waiting', responseStatusCode: 0, duration: 0, logs: '' })
    const path = `${of('sales-report')}/${String(answer.$id)}`
    const seen: unknown[] = []
    for (let at = 0; at < 320; at++) {
      const { state } = await fields(send(simulator, 'GET', path))
      if (seen.at(-1) !== state) seen.push(state)
      simulator.control.step(1_000)
    }
    expect(seen.slice(0, 2)).toEqual(['waiting', 'processing'])
    expect(seen).toHaveLength(3)
    const done = await fields(send(simulator, 'GET', path))
    expect(done.$updatedAt).not.toBe(done.$createdAt)
    expect(done.duration).toBeGreaterThan(1)
  })

  it('is there for who waited for it, in a time that runs', async () => {
    const simulator = await startAtNight({ isFrozen: false })
    for (const [functionId, path] of [
      ['checkout-api', '/health'],
      ['checkout-api', '/orders'],
      ['sales-report', '/preview']
    ] as const) {
      const { $id } = await run(simulator, functionId, { path })
      const stored = await fields(send(simulator, 'GET', `${of(functionId)}/${String($id)}`))
      expect(stored).toMatchObject({ status: 200, $id })
    }
  })

  it('takes as long as it says, and is given up after half a minute', async () => {
    const simulator = await startAtNight({ version: '1.9.6' })
    const late = await send(simulator, 'POST', of('catalogue-import'), {})
    expect(JSON.parse(late.body)).toEqual({
      message:
        "Synchronous function execution timed out. Use asynchronous execution instead, or ensure the execution duration doesn't exceed 30 seconds.",
      code: 408,
      type: 'function_synchronous_timeout',
      version: '1.9.6'
    })
    expect(late.elapsedMs).toBeGreaterThan(1_900)
    const [stored] = await list(simulator, 'catalogue-import', newest, limit(1))
    expect(stored).toMatchObject({ status: 'failed', responseStatusCode: 500, errors: like(/\\nError Code: 408$/) })
    expect(stored?.duration).toBeGreaterThan(30)
  })

  it.each([
    ['1.5.11', { async: 'maybe' }, 'Invalid `async` param: Value must be a valid boolean'],
    ['1.5.11', { headers: 'x' }, 'Invalid `headers` param: Value must be a valid object.'],
    [
      '1.7.5',
      { method: 'HEAD' },
      'Invalid `method` param: Value must be one of (GET, POST, PUT, PATCH, DELETE, OPTIONS)'
    ],
    [
      '1.9.6',
      { method: 'BREW' },
      'Invalid `method` param: Value must be one of (GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD)'
    ],
    [
      '1.9.6',
      { async: true, scheduledAt: '2020-01-01T00:00:00.000+00:00' },
      'Execution schedule must be a valid date, and at least 1 minute from now'
    ],
    [
      '1.9.6',
      { scheduledAt: '2027-01-01T00:00:00.000+00:00' },
      'Scheduled executions must run asynchronously. Set scheduledAt to a future date, or set async to true.'
    ]
  ])('is refused by %s for %j', async (version, body, message) => {
    const simulator = await startAtNight({ version })
    expect(await run(simulator, 'checkout-api', body)).toMatchObject({ status: 400, message })
  })

  it('with reserved headers has the message for a type from 1.6 on, and passes in 1.5', async () => {
    const [old, modern] = [await startAtNight(), await startAtNight({ version: '1.7.5' })]
    const body = { headers: { 'x-appwrite-foo': '1' }, path: '/health' }
    expect(await run(modern, 'checkout-api', body)).toMatchObject({
      status: 500,
      message: 'Server Error',
      type: like(/^Invalid headers: Alphanumeric characters or hyphens only/)
    })
    expect(await run(old, 'checkout-api', body)).toMatchObject({ status: 201 })
    const kept = await run(old, 'checkout-api', { headers: { 'Content-Type': 'text/plain', 'x-test': '1' } })
    expect(kept.requestHeaders).toEqual([{ name: 'content-type', value: 'text/plain' }])
  })

  it('needs a deployment, and one may not be had without a key of a closed function', async () => {
    const simulator = await startAtNight()
    expect(await run(simulator, 'gift-cards', { async: true })).toMatchObject({
      status: 404,
      type: 'deployment_not_found',
      message: 'Deployment not found. Create a deployment before trying to execute a function'
    })
    const guest = (functionId: string) =>
      fields(send(simulator, 'POST', of(functionId), { async: true }, { 'X-Appwrite-Key': '' }))
    expect(await guest('checkout-api')).toMatchObject({ status: 202 })
    expect(await guest('order-mailer')).toMatchObject({ status: 401, type: 'user_unauthorized' })
    expect(await guest('erp-price-sync')).toMatchObject({ status: 404, type: 'function_not_found' })
    expect(await run(simulator, 'erp-price-sync', { async: true })).toMatchObject({ status: 202 })
  })

  it('can be scheduled and deleted from 1.6 on, but not deleted while it runs', async () => {
    const simulator = await startAtNight({ version: '1.9.6' })
    const scheduledAt = '2026-11-24T04:00:00.000+00:00'
    const planned = await run(simulator, 'checkout-api', { async: true, scheduledAt, path: '/orders' })
    expect(planned).toMatchObject({ status: 202, state: 'scheduled', trigger: 'schedule', scheduledAt })
    const path = `${of('checkout-api')}/${String(planned.$id)}`
    simulator.control.step(60 * minuteMs + 100)
    expect(await fields(send(simulator, 'GET', path))).toMatchObject({ state: 'waiting' })
    expect(await fields(send(simulator, 'DELETE', path))).toMatchObject({ status: 400, type: 'execution_in_progress' })
    simulator.control.step(minuteMs)
    expect(await fields(send(simulator, 'GET', path))).toMatchObject({ state: 'completed', responseStatusCode: 201 })
    expect((await send(simulator, 'DELETE', path)).status).toBe(204)
    expect((await send(simulator, 'GET', path)).status).toBe(404)
    const old = await startAtNight()
    expect((await send(old, 'DELETE', path)).status).toBe(404)
  })
})

describe('trouble with executions', () => {
  it('lets them wait without a worker, which 1.9.6 shows as failed after the timeout', async () => {
    for (const version of ['1.7.5', '1.9.6']) {
      const simulator = await startAtNight({ version })
      simulator.control.start({ kind: 'stop-worker', queue: 'functions' })
      const { $id } = await fields(send(simulator, 'POST', of('checkout-api'), { async: true, path: '/orders' }))
      const path = `${of('checkout-api')}/${String($id)}`
      simulator.control.step(10 * minuteMs)
      const stale = { state: version === '1.9.6' ? 'failed' : 'waiting', responseStatusCode: 0, errors: '' }
      expect(await fields(send(simulator, 'GET', path))).toMatchObject(stale)
      const mine = equal('requestPath', '/orders')
      expect((await list(simulator, 'checkout-api', mine, equal('status', 'waiting'))).at(-1)).toMatchObject({
        $id,
        status: 'waiting'
      })
      simulator.control.undo('all')
      simulator.control.step(10 * minuteMs)
      const done = await fields(send(simulator, 'GET', path))
      expect(done.responseStatusCode).not.toBe(0)
    }
  })

  it('fails two of five runs of a bad deployment from its activation on, until it is rolled back', async () => {
    const simulator = await startAtNight({ startMs: nightMs + 10 * 60 * minuteMs })
    const failedOfHour = async (fromMs: number) => {
      const since = { method: 'greaterThan', attribute: '$createdAt', values: [new Date(fromMs).toISOString()] }
      const all = await list(simulator, 'checkout-api', since, limit(500))
      return { count: all.length, bad: all.filter(({ errors }) => String(errors).startsWith('TypeError')).length }
    }
    const deployments = () => rows(simulator, '/functions/checkout-api/deployments', 'deployments')
    const before = await deployments()
    const active = await fields(send(simulator, 'GET', '/functions/checkout-api'))
    simulator.control.start({ kind: 'bad-deployment', functionId: 'checkout-api', failRate: 0.4 })
    const startMs = simulator.control.clock().nowMs
    const after = await deployments()
    expect(after).toHaveLength(before.length + 1)
    const bad = await fields(send(simulator, 'GET', '/functions/checkout-api'))
    expect(bad.deployment).toBe(after.at(-1)?.$id)
    simulator.control.step(4 * 60 * minuteMs)
    const during = await failedOfHour(startMs)
    expect(during.count).toBeGreaterThan(60)
    expect(during.bad / during.count).toBeGreaterThan(0.25)
    expect(during.bad / during.count).toBeLessThan(0.55)
    const rolledBackMs = simulator.control.clock().nowMs
    await send(simulator, 'PATCH', `/functions/checkout-api/deployments/${String(active.deployment)}`)
    simulator.control.step(2 * 60 * minuteMs)
    const later = await failedOfHour(rolledBackMs)
    expect(later.count).toBeGreaterThan(20)
    expect(later.bad).toBe(0)
    expect((await failedOfHour(startMs)).bad).toBe(during.bad)
  })

  it('takes a bad deployment back when it is undone', async () => {
    const simulator = await startAtNight()
    const deployment = async () => (await fields(send(simulator, 'GET', '/functions/checkout-api'))).deployment
    const good = await deployment()
    simulator.control.start({ kind: 'bad-deployment', functionId: 'checkout-api', failRate: 0.4 })
    expect(await deployment()).not.toBe(good)
    simulator.control.step(minuteMs)
    simulator.control.undo('all')
    expect(await deployment()).toBe(good)
  })

  it('leaves out the runs of a schedule that was missed', async () => {
    const simulator = await startAtNight()
    const count = async () => Number(await total(simulator, 'cart-cleanup', equal('trigger', 'schedule')))
    const before = await count()
    simulator.control.start({ kind: 'missed-cron', functionId: 'cart-cleanup' })
    simulator.control.step(60 * minuteMs)
    expect(await count()).toBe(before)
    simulator.control.undo('all')
    simulator.control.step(60 * minuteMs)
    expect(await count()).toBe(before + 4)
  })
})
