import { describe, expect, it } from 'vitest'
import type { Simulator } from '../../../../src-main/simulator/simulator.ts'
import { like } from '../ask.ts'
import {
  closeAfterEach,
  fields,
  nightMs,
  rows,
  send,
  startAtNight,
  withQueries
} from '../functions/functions-server.ts'

closeAfterEach()

const minuteMs = 60_000
const messages = '/messaging/messages'
const equal = (attribute: string, ...values: unknown[]) => ({ method: 'equal', attribute, values })
const get = (simulator: Simulator, path: string) => fields(send(simulator, 'GET', path))
const post = (simulator: Simulator, kind: string, body: unknown) =>
  fields(send(simulator, 'POST', `${messages}/${kind}`, body))
const newsletter = { subject: 'Hei', content: 'Text', topics: ['newsletter'] }

/** A target of somebody, of a kind and not expired. */
async function targetOf(simulator: Simulator, kind: string): Promise<string> {
  for (const user of await rows(simulator, withQueries('/users', { method: 'limit', values: [100] }), 'users')) {
    const targets = user.targets as readonly Record<string, unknown>[]
    const found = targets.find(({ providerType, expired }) => providerType === kind && expired !== true)
    if (found !== undefined) return String(found.$id)
  }
  throw new Error(`Nobody has a target of kind ${kind}.`)
}

describe('the messages of a project', () => {
  it('are of a month, of every kind and end, and read like a company’s', async () => {
    const simulator = await startAtNight()
    const all = await rows(simulator, withQueries(messages, { method: 'limit', values: [500] }), 'messages')
    expect(all.length).toBeGreaterThan(150)
    expect(new Set(all.map(({ providerType }) => providerType))).toEqual(new Set(['email', 'sms', 'push']))
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['draft', 'scheduled', 'sent', 'failed']))
    const failed = all.filter(({ status }) => status === 'failed')
    expect(failed.length).toBeLessThan(all.length / 3)
    const errors = failed.flatMap(({ deliveryErrors }) => deliveryErrors as readonly string[])
    expect(errors.every((text) => /^Failed sending to target .+ with error: .+/.test(text))).toBe(true)
    const sent = all.find(({ status, topics }) => status === 'sent' && String(topics) === 'newsletter')
    expect(sent).toMatchObject({ deliveryErrors: [], deliveredAt: like(/\+00:00$/), data: { html: true, cc: [] } })
    expect(sent?.deliveredTotal).toBeGreaterThan(100)
    expect((await rows(simulator, `${messages}?search=maintenance`, 'messages'))[0]).toMatchObject({ status: 'draft' })
  })

  it('go out at their time', async () => {
    const simulator = await startAtNight()
    const scheduled = (await rows(simulator, withQueries(messages, equal('status', 'scheduled')), 'messages'))[0]
    const path = `${messages}/${String(scheduled?.$id)}`
    expect(scheduled).toMatchObject({ scheduledAt: '2026-11-24T09:00:00.000+00:00', deliveredAt: null })
    simulator.control.setTo(nightMs + 6 * 60 * minuteMs + 500)
    expect(await get(simulator, path)).toMatchObject({ state: 'processing', deliveredTotal: 0 })
    simulator.control.step(minuteMs)
    expect(['sent', 'failed']).toContain((await get(simulator, path)).state)
  })
})

describe('writing a mail', () => {
  it('sends it at once, later or not at all', async () => {
    const simulator = await startAtNight({ version: '1.9.6' })
    const now = await post(simulator, 'email', { messageId: 'unique()', ...newsletter })
    expect(now).toMatchObject({
      status: 201,
      $id: like(/^[0-9a-f]{20}$/),
      state: 'processing',
      providerType: 'email',
      scheduledAt: null,
      deliveredAt: null,
      data: { subject: 'Hei', content: 'Text', html: false, cc: [], bcc: [], attachments: [] }
    })
    const later = { messageId: 'later', ...newsletter, scheduledAt: '2026-11-24T04:00:00.000+00:00' }
    expect(await post(simulator, 'email', later)).toMatchObject({ status: 201, state: 'scheduled' })
    expect(await post(simulator, 'email', { messageId: 'never', ...newsletter, draft: true })).toMatchObject({
      state: 'draft'
    })
    simulator.control.step(2 * minuteMs)
    const sent = await get(simulator, `${messages}/${String(now.$id)}`)
    expect(sent.deliveredAt).not.toBeNull()
    const reached = Number(sent.deliveredTotal) + (sent.deliveryErrors as readonly string[]).length
    const topic = await get(simulator, '/messaging/topics/newsletter')
    expect(reached).toBe(topic.emailTotal)
    expect(await get(simulator, `${messages}/never`)).toMatchObject({ state: 'draft' })
  })

  it('fails for whom it cannot reach', async () => {
    const simulator = await startAtNight()
    const nobody = { messageId: 'nobody', subject: 'S', content: 'C', topics: ['no-such-topic'] }
    expect(await post(simulator, 'email', nobody)).toMatchObject({ state: 'processing' })
    simulator.control.step(2 * minuteMs)
    expect(await get(simulator, `${messages}/nobody`)).toMatchObject({
      state: 'failed',
      deliveredTotal: 0,
      deliveryErrors: ['No valid recipients found.']
    })
  })

  it('waits without a worker', async () => {
    const simulator = await startAtNight()
    simulator.control.start({ kind: 'stop-worker', queue: 'messaging' })
    await post(simulator, 'email', { messageId: 'm', ...newsletter })
    simulator.control.step(60 * minuteMs)
    expect(await get(simulator, `${messages}/m`)).toMatchObject({ state: 'processing' })
    simulator.control.undo('all')
    simulator.control.step(10 * minuteMs)
    expect(['sent', 'failed']).toContain((await get(simulator, `${messages}/m`)).state)
  })

  it.each([
    [{}, 'general_argument_invalid', 'Param "messageId" is not optional.'],
    [{ messageId: 'm', content: 'C' }, 'general_argument_invalid', 'Param "subject" is not optional.'],
    [
      { messageId: 'm', subject: 'x'.repeat(999), content: 'C' },
      'general_argument_invalid',
      'Invalid `subject` param: Value must be a valid string and at least 1 chars and no longer than 998 chars'
    ],
    [
      { messageId: 'm', subject: 'S', content: 'C' },
      'message_missing_target',
      'Message with the requested ID has no recipients (topics or users or targets).'
    ],
    [
      { messageId: 'm', subject: 'S', content: 'C', targets: ['nope'] },
      'message_target_not_email',
      'Message with the target ID is not an email target.'
    ],
    [
      { messageId: 'm', ...newsletter, scheduledAt: '2020-01-01T00:00:00.000+00:00' },
      'general_argument_invalid',
      'Invalid `scheduledAt` param: Value must be valid date in future.'
    ],
    [
      { messageId: 'm', ...newsletter, attachments: ['nob:nof'] },
      'storage_bucket_not_found',
      'Storage bucket with the requested ID could not be found.'
    ]
  ])('is refused when it makes no sense: %j', async (body, type, message) => {
    const simulator = await startAtNight()
    expect(await post(simulator, 'email', body)).toMatchObject({ type, message })
    expect((await send(simulator, 'GET', `${messages}/m`)).status).toBe(404)
  })

  it('takes no push target, and each version has its own word for an id that is there', async () => {
    for (const [version, status, type] of [
      ['1.5.11', 409, 'document_already_exists'],
      ['1.7.5', 500, 'general_unknown'],
      ['1.9.6', 409, 'message_already_exists']
    ] as const) {
      const simulator = await startAtNight({ version })
      const draft = { messageId: 'm1', ...newsletter, draft: true }
      expect(await post(simulator, 'email', draft)).toMatchObject({ status: 201 })
      expect(await post(simulator, 'email', draft)).toMatchObject({ status, type })
      const push = await targetOf(simulator, 'push')
      expect(await post(simulator, 'email', { ...draft, messageId: 'm2', targets: [push] })).toMatchObject({
        type: 'message_target_not_email'
      })
    }
  })

  it('can be done over while it is not on its way', async () => {
    const simulator = await startAtNight({ version: '1.9.6' })
    const patch = (id: string, body: unknown) => fields(send(simulator, 'PATCH', `${messages}/email/${id}`, body))
    await post(simulator, 'email', { messageId: 'm1', ...newsletter, html: true, draft: true })
    simulator.control.step(1000)
    const changed = await patch('m1', { subject: 'Hei igjen', draft: null })
    expect(changed).toMatchObject({
      status: 200,
      state: 'draft',
      data: { subject: 'Hei igjen', content: 'Text', html: true }
    })
    expect(changed.$updatedAt).not.toBe(changed.$createdAt)
    expect(await patch('m1', { scheduledAt: '2027-01-01T00:00:00.000+00:00' })).toMatchObject({ state: 'scheduled' })
    expect(await patch('m1', { draft: false })).toMatchObject({ state: 'scheduled' })
    expect(await patch('m1', { draft: true })).toMatchObject({ state: 'draft' })
    await post(simulator, 'email', { messageId: 'm2', ...newsletter, draft: true })
    expect(await patch('m2', { draft: false })).toMatchObject({ state: 'processing' })
    expect(await patch('m2', { subject: 'x' })).toMatchObject({ status: 400, type: 'message_already_processing' })
    simulator.control.step(2 * minuteMs)
    expect(await patch('m2', { subject: 'x' })).toMatchObject({
      status: 400,
      type: like(/^message_already_(sent|failed)$/)
    })
    expect(await patch('nope', { subject: 'x' })).toMatchObject({ status: 404, type: 'message_not_found' })
  })

  it('can be taken back while it is not on its way', async () => {
    const simulator = await startAtNight()
    await post(simulator, 'email', { messageId: 'm1', ...newsletter, draft: true })
    await post(simulator, 'email', { messageId: 'm2', ...newsletter })
    expect((await send(simulator, 'DELETE', `${messages}/m1`)).status).toBe(204)
    expect((await send(simulator, 'GET', `${messages}/m1`)).status).toBe(404)
    expect(await fields(send(simulator, 'DELETE', `${messages}/m2`))).toMatchObject({
      status: 400,
      type: 'message_already_scheduled'
    })
  })
})

describe('writing a notification', () => {
  const push = { topics: ['price-alerts'], draft: true }

  it('keeps what is not empty, and more from 1.6 on', async () => {
    const [old, modern] = [await startAtNight(), await startAtNight({ version: '1.6.2' })]
    const body = { messageId: 'p1', title: 'Hi', body: 'There', data: { a: 'b' }, icon: '', ...push }
    expect(await post(old, 'push', { ...body, badge: '1' })).toMatchObject({
      status: 201,
      data: { title: 'Hi', body: 'There', data: { a: 'b' }, badge: '1' }
    })
    const made = await post(modern, 'push', { ...body, badge: 3, critical: true })
    expect(made.data).toEqual({
      title: 'Hi',
      body: 'There',
      data: { a: 'b' },
      badge: 3,
      critical: true,
      priority: 'high'
    })
    expect(await post(modern, 'push', { ...body, messageId: 'p2', badge: '1' })).toMatchObject({
      status: 400,
      message: 'Invalid `badge` param: Value must be a valid integer'
    })
  })

  it('needs a title and a text in 1.5 only', async () => {
    const [old, modern] = [await startAtNight(), await startAtNight({ version: '1.9.6' })]
    expect(await post(old, 'push', { messageId: 'p1', body: 'There' })).toMatchObject({
      status: 400,
      message: 'Param "title" is not optional.'
    })
    expect((await post(modern, 'push', { messageId: 'p1', draft: true })).data).toEqual({ priority: 'high' })
    const mail = await targetOf(modern, 'email')
    expect(await post(modern, 'push', { messageId: 'p2', title: 'T', targets: [mail] })).toMatchObject({
      status: 400,
      type: 'message_target_not_push'
    })
  })
})
