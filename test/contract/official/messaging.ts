import { expect } from 'vitest'
import { never } from '../appwrite/listener.ts'
import type { Official } from './official.ts'
import type { Check } from './stage.ts'

const draftEmail = ({ messaging }: Official) =>
  messaging.createEmail('unique()', 'Checkout is down', 'We are on it.', [], [], [], [], [], [], true)

export const messaging = {
  'GET /messaging/messages': async ({ official, project }) => {
    const { total, messages } = await official.messaging.listMessages([official.limit(3)])
    const ours = await project.messages.list({}, never)
    expect(messages).toHaveLength(3)
    expect(total).toBe(ours.total)
    expect(messages.map(({ $id }) => $id)).toEqual(ours.items.slice(0, 3).map(({ id }) => id))
  },
  'POST /messaging/messages/email': async ({ official, project }) => {
    const made = await draftEmail(official)
    expect(made).toMatchObject({ providerType: 'email', status: 'draft', data: { subject: 'Checkout is down' } })
    expect(await project.messages.get(made.$id, never)).toMatchObject({
      status: 'draft',
      content: { kind: 'email', subject: 'Checkout is down', text: 'We are on it.' }
    })
  },
  'PATCH /messaging/messages/email/{messageId}': async ({ official, project }) => {
    const { $id } = await draftEmail(official)
    const changed = await official.messaging.updateEmail($id, undefined, undefined, undefined, 'Checkout is slow')
    expect(changed).toMatchObject({ $id, status: 'draft', data: { subject: 'Checkout is slow' } })
    expect((await project.messages.get($id, never)).content).toMatchObject({
      subject: 'Checkout is slow',
      text: 'We are on it.'
    })
  },
  'POST /messaging/messages/push': async ({ official, project }) => {
    const made = await official.draftPush('Checkout', 'It is down.')
    expect(made).toMatchObject({ providerType: 'push', status: 'draft', data: { title: 'Checkout' } })
    expect((await project.messages.get(made.$id, never)).content).toMatchObject({
      kind: 'push',
      title: 'Checkout',
      text: 'It is down.'
    })
  }
} as const satisfies Readonly<Record<string, Check>>
