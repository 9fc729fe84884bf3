import { describe, expect, it } from 'vitest'
import { callClassOf, deadlines } from '../../../src-main/appwrite/deadlines.ts'
import { RequestFailure } from '../../../src-main/appwrite/request-failure.ts'
import { pauseBeforeRetry } from '../../../src-main/appwrite/retry.ts'

const failing = (retryAfterMs?: number, isTransient = true): RequestFailure => {
  const fault = { code: 'server', message: 'x', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } as const
  return new RequestFailure(fault, 'unknown', 502, isTransient)
}
const first = { tries: 1, retries: 2, leftMs: 14_000, random: 0.5 }

describe('the pause before a read is sent again', () => {
  it('doubles, give or take a half', () => {
    const pauses = [1, 2].map((tries) =>
      [0, 0.5, 0.999].map((random) => pauseBeforeRetry(failing(), { ...first, tries, random }))
    )
    expect(pauses).toEqual([
      [125, 250, 375],
      [250, 500, 750]
    ])
  })

  it('is as long as the server asks for, never shorter than its own', () => {
    expect(pauseBeforeRetry(failing(3000), first)).toBe(3000)
    expect(pauseBeforeRetry(failing(0), first)).toBe(250)
  })

  it('is none when the failure will not pass, the tries are used up or the time is', () => {
    expect(pauseBeforeRetry(failing(0, false), first)).toBeNull()
    expect(pauseBeforeRetry(failing(), { ...first, tries: 3 })).toBeNull()
    expect(pauseBeforeRetry(failing(), { ...first, retries: 0 })).toBeNull()
    expect(pauseBeforeRetry(failing(), { ...first, leftMs: 250 })).toBeNull()
    expect(pauseBeforeRetry(failing(3000), { ...first, leftMs: 2000 })).toBeNull()
    expect(pauseBeforeRetry(failing(60_000), { ...first, leftMs: 100_000 })).toBeNull()
  })
})

describe('a call that does not say', () => {
  it('has the deadline and the tries of its class', () => {
    const of = (method: 'GET' | 'POST', path: string, isRead: boolean) => callClassOf(method, path, isRead)
    expect(of('GET', '/health', true)).toEqual({ deadlineMs: deadlines.health, retries: 0 })
    expect(of('GET', '/health/queue/mails', true)).toEqual({ deadlineMs: deadlines.health, retries: 0 })
    expect(of('GET', '/health/time', true)).toEqual({ deadlineMs: deadlines.time, retries: 0 })
    expect(of('GET', '/health/certificate', true)).toEqual({ deadlineMs: deadlines.certificate, retries: 0 })
    expect(of('GET', '/healthy', true)).toEqual({ deadlineMs: deadlines.read, retries: 2 })
    expect(of('POST', '/graphql', true)).toEqual({ deadlineMs: deadlines.read, retries: 2 })
    expect(of('POST', '/functions/f/executions', false)).toEqual({ deadlineMs: deadlines.syncExecution, retries: 0 })
    expect(of('POST', '/messaging/messages/email', false)).toEqual({ deadlineMs: deadlines.write, retries: 0 })
  })
})
