import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daemonSignal, daemonTraits, faceOf, noticeId } from '../../../src-main/shell/notifier/daemon-replies.ts'

const information = ['gnome-shell', 'GNOME', '45.2', '1.2']

describe('what a notification daemon says', () => {
  it('shows buttons only on a desktop that says it has them', () => {
    expect(faceOf(daemonTraits([['body', 'actions']], information))).toEqual({
      kind: 'buttons',
      server: 'gnome-shell 45.2'
    })
    expect(faceOf(daemonTraits([['body', 'action-icons']], information))).toEqual({
      kind: 'plain',
      server: 'gnome-shell 45.2'
    })
  })

  it('takes what is malformed for not said', () => {
    const unknown = { hasActions: false, readsMarkup: false, server: 'an unnamed daemon' }
    for (const listed of [[], [null], ['actions'], [{ actions: true }], [[['actions']]], [[7, null]]]) {
      expect(daemonTraits(listed, [])).toEqual(unknown)
    }
    for (const said of [[null, null, null], [7], [{}], ['\u202e\0', '', '\n']]) {
      expect(daemonTraits([['actions', 3]], said)).toEqual({ ...unknown, hasActions: true })
    }
  })

  it('keeps the name of a daemon short and free of what hides text', () => {
    const { server } = daemonTraits([[]], ['a\u202eb\n'.repeat(1_000), '', '1.0\0'])
    expect(server).toBe(`${'ab'.repeat(15)} 1.0`)
  })

  it('takes only whole numbers from 1 to 4,294,967,295 for ids', () => {
    expect([1, 4_294_967_295].map((id) => noticeId([id]))).toEqual([1, 4_294_967_295])
    expect([0, -1, 1.5, NaN, 4_294_967_296, '1', 1n, null, undefined, [1]].map((id) => noticeId([id]))).toEqual(
      Array.from({ length: 10 }, () => null)
    )
    expect(noticeId([])).toBeNull()
  })

  it('understands the buttons it offers and a click on the notice itself, and nothing else', () => {
    const acted = (key: unknown) => daemonSignal('ActionInvoked', [4, key])
    expect(['acknowledge', 'snooze', 'open', 'default'].map(acted)).toEqual([
      { kind: 'acted', id: 4, act: 'acknowledge' },
      { kind: 'acted', id: 4, act: 'snooze' },
      { kind: 'acted', id: 4, act: 'open' },
      { kind: 'acted', id: 4, act: 'open' }
    ])
    expect(['Acknowledge', '__proto__', '', 1, null, undefined, ['open']].map(acted)).toEqual(
      Array.from({ length: 7 }, () => null)
    )
    expect(daemonSignal('NotificationClosed', [4, 2])).toEqual({ kind: 'closed', id: 4 })
    expect(daemonSignal('NotificationClosed', ['4', 2])).toBeNull()
    expect(daemonSignal('ActivationToken', [4, 'token'])).toBeNull()
  })

  it('outlives anything a daemon can say', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), fc.array(fc.anything()), fc.string(), (one, other, member) => {
        const { server } = daemonTraits(one, other)
        expect(server.length).toBeGreaterThan(0)
        expect(server.length).toBeLessThanOrEqual(121)
        expect(daemonSignal(member, one)).toBeNull()
        const signal = daemonSignal('ActionInvoked', other)
        if (signal !== null) expect(Number.isInteger(signal.id)).toBe(true)
      })
    )
  })
})
