import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../../src-main/simulator/simulator.ts'
import type { User } from '../../../../src-main/simulator/world/messaging/user.ts'
import { ask } from '../ask.ts'
import { keyHeader } from '../recorded-world.ts'
import { areThere, recordedVersions, recordings, type Recording } from '../recordings.ts'
import { differences, shapeOf } from '../shape.ts'

const names = /^(message|messages|topics|provider|providers|user|users)-/
/** Older formats lose two fields of people in 1.9.6, which nothing reads. */
const exceptions = ['users-list.format-1.5']
const atMs = Date.UTC(2026, 10, 24, 12)

const person: User = {
  id: 'u1',
  createdAtMs: atMs - 1000,
  updatedAtMs: atMs - 1000,
  name: '',
  email: 'u1@example.com',
  phone: '',
  isActive: true,
  labels: [],
  isEmailVerified: false,
  isPhoneVerified: false,
  hasMfa: false,
  passwordHash: '$argon2id$v=19$m=65536,t=4,p=3$salt$hash',
  accessedAtMs: atMs,
  targets: [
    {
      id: 'target1',
      userId: 'u1',
      createdAtMs: atMs - 1000,
      providerId: null,
      providerType: 'email',
      identifier: 'u1@example.com',
      isExpired: false
    }
  ]
}
const topicOf = (id: string) => ({
  id,
  createdAtMs: atMs - 2000,
  name: id.toUpperCase(),
  subscribe: ['users'],
  subscribers: []
})
const mail = { subject: 'Hello', content: 'Body', html: false, cc: [], bcc: [], attachments: [] }

/** Puts what a recording is about into the first project. */
function place(simulator: Simulator, { name, request }: Recording, version: string): void {
  const messaging = simulator.world.projects[0]?.messaging
  if (messaging === undefined) return
  messaging.clear()
  messaging.audience.place({ topics: ['t1', 't2'].map(topicOf), users: [person] })
  if (name.includes('list-empty')) return
  const nobody = { users: [], targets: [], scheduledAtMs: null }
  const draft = { ...nobody, topics: ['t1'], isDraft: true }
  const id = /\/messages\/(?:email\/|push\/)?([^/?]+)/.exec(request.url)?.[1] ?? 'm1'
  const isAbout = !['nope', 'email', 'push'].includes(id) && !name.startsWith('message-delete-draft.')
  if (name === 'message-delete-draft') return
  const isPush = name.includes('push') || id.startsWith('p')
  const priority = version === '1.5.11' ? {} : { priority: 'high' }
  const notification = { title: 'Hi', body: 'There', data: { a: 'b' }, badge: version === '1.5.11' ? '1' : 1 }
  const isRich = /^(message-get-push|messages-list-providerType)/.test(name) && version !== '1.5.11'
  const data = { ...notification, ...(isRich ? { contentAvailable: true, critical: true } : {}), ...priority }
  if (isPush) {
    const own = isAbout && id !== 'm1' ? id : 'p0'
    if (!name.startsWith('message-push-create')) messaging.write({ ...draft, providerType: 'push', data }, own)
    return
  }
  const isSent = /processing|^message-delete(\.|$)/.test(name)
  const isEdited = /^message-(get|targets|logs)|^messages-list/.test(name)
  const subject = isEdited ? 'Hello 2' : 'Hello'
  const writing = { ...draft, providerType: 'email' as const, data: { ...mail, subject }, isDraft: !isSent }
  const isNeeded = isAbout || name.startsWith('message-email-create-duplicate')
  if (isNeeded && !(name.startsWith('message-email-create') && !name.includes('duplicate'))) {
    messaging.write(writing, isAbout ? id : 'm1')
  }
}

/** Without what depends on the moment. */
function constant(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (key, value: unknown) => {
    if (/^\$(created|updated)At$/.test(key)) return '<time>'
    return key === '$id' && /^[0-9a-f]{20}$/.test(String(value)) ? '<id>' : value
  }) as unknown
}

describe.each(recordedVersions)('what Appwrite %s was seen to answer about messages', (version) => {
  const cases = recordings(version, (name) => names.test(name) && !exceptions.includes(name))
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7, version, isFrozen: true, startMs: atMs })
  })
  afterAll(() => simulator.close())

  it.skipIf(!areThere(version))('is there to be compared with (skipped without ../shared/api/recorded)', () => {
    expect(cases.length).toBeGreaterThan(20)
  })

  it.each(cases.map((recording) => [recording.name, recording] as const))('%s', async (name, recording) => {
    const { request, response } = recording
    place(simulator, recording, version)
    const ours = (text: string) => text.replaceAll('desk-test', simulator.projectId)
    const headers = Object.entries(request.headers).map(([header, value]) => [header, ours(value)] as const)
    const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body)
    const url = ours(request.url).replace(/http:\/\/127\.0\.0\.1:1876\d\/v1/, simulator.endpoint)
    const reply = await ask(url, {
      method: request.method,
      headers: { ...Object.fromEntries(headers), ...keyHeader(simulator, recording) },
      ...(request.body === null ? {} : { body })
    })
    expect(reply.status, reply.body.slice(0, 300)).toBe(response.status)
    if (typeof response.body !== 'object' || response.body === null) return
    const found: unknown = JSON.parse(reply.body)
    // Of lists and people the fields are compared, of a single message and a refusal everything.
    if (/^(messages-list|topics|providers|user)/.test(name) && reply.status < 400) {
      expect(differences(shapeOf(response.body), shapeOf(found))).toEqual([])
      return
    }
    expect(constant(found)).toEqual(constant(JSON.parse(ours(JSON.stringify(response.body)))))
  })
})
