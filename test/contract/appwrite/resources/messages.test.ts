import { describe, expect, it } from 'vitest'
import { faultFrom, never } from '../listener.ts'
import { projectOn, saying } from './asking.ts'
import { createdAtMs, updatedAtMs, wireMessage, wireProvider, wireTarget, wireTopic, wireUser } from './wire.ts'

describe('a message', () => {
  const base = {
    id: 'm1',
    createdAtMs,
    updatedAtMs,
    topics: ['ops'],
    users: [],
    targets: [],
    scheduledAtMs: null,
    deliveredAtMs: null,
    deliveryErrors: [],
    deliveredTotal: 0,
    status: 'draft'
  }

  it('is an email, a push or something else', async () => {
    const push = { title: 'T', body: 'B', data: { a: 'b' }, badge: 1, priority: 'high' }
    const messages = [
      wireMessage(),
      wireMessage({ providerType: 'push', data: push }),
      wireMessage({ providerType: 'push', data: { ...push, badge: '1', data: [], priority: undefined } }),
      wireMessage({ providerType: 'sms', data: { content: 'C' }, deliveryErrors: null, status: 'sent' }),
      wireMessage({ providerType: 'pigeon', data: [] })
    ]
    const { project } = await projectOn(saying({ total: 5, messages }), '1.7.5')
    const { items } = await project.messages.list({}, never)
    const pushed = {
      kind: 'push',
      title: 'T',
      text: 'B',
      badge: '1',
      action: '',
      icon: '',
      sound: '',
      color: '',
      tag: ''
    }
    expect(items).toEqual([
      {
        ...base,
        content: { kind: 'email', subject: 'Hello', text: 'Body', isHtml: false, cc: [], bcc: [], attachmentCount: 0 }
      },
      { ...base, content: { ...pushed, data: { a: 'b' }, priority: 'high' } },
      { ...base, content: { ...pushed, data: {}, priority: '' } },
      { ...base, status: 'sent', content: { kind: 'sms', text: 'C' } },
      { ...base, content: { kind: 'unknown', text: '' } }
    ])
  })

  it('that does not fit names the field inside', async () => {
    const { project } = await projectOn(saying(wireMessage({ data: { cc: 'all' } })), '1.5.11')
    expect((await faultFrom(project.messages.get('m1', never))).message).toContain('“data.cc”')
  })
})

describe('recipients', () => {
  it('come without the secrets the server sends along', async () => {
    const { project } = await projectOn(({ path }) => {
      if (path === '/users') return { body: { total: 1, users: [wireUser()] } }
      if (path.endsWith('/targets')) return { body: { total: 1, targets: [wireTarget({ expired: true })] } }
      if (path.endsWith('/topics')) return { body: { total: 1, topics: [wireTopic()] } }
      return { body: { total: 1, providers: [wireProvider()] } }
    }, '1.9.6')
    const { recipients } = project
    const target = {
      id: 't1',
      createdAtMs,
      userId: 'u1',
      name: '',
      providerType: 'email',
      identifier: 'u1@example.com',
      isExpired: false
    }
    expect((await recipients.users({}, never)).items).toEqual([
      {
        id: 'u1',
        createdAtMs,
        name: 'Una',
        email: 'u1@example.com',
        phone: '',
        isActive: true,
        labels: [],
        targets: [target]
      }
    ])
    expect((await recipients.targets('u1', {}, never)).items).toEqual([{ ...target, isExpired: true }])
    expect((await recipients.providers({}, never)).items).toEqual([
      { id: 'p1', createdAtMs, name: 'Mail', provider: 'mailgun', type: 'email', isEnabled: true }
    ])
    expect((await recipients.topics({}, never)).items).toEqual([
      { id: 'ops', createdAtMs, name: 'Ops', emailTotal: 2, smsTotal: 0, pushTotal: 1, subscribe: ['users'] }
    ])
  })
})
