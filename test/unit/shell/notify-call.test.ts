import { Variant } from '@jellybrick/dbus-next'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Notice } from '../../../src-main/services/ports.ts'
import { daemonTraits } from '../../../src-main/shell/notifier/daemon-replies.ts'
import { escaped, notifyArguments } from '../../../src-main/shell/notifier/notify-call.ts'

const traits = (...capabilities: string[]) => daemonTraits([capabilities], ['dunst', 'knopwob', '1.9', '1.2'])

const notice: Notice = {
  noticeId: 'queue',
  title: 'v1-functions: 12,000 jobs',
  body: 'over 10,000 & growing\nsince <02:14>',
  urgency: 'critical',
  hasSound: true,
  acts: ['acknowledge', 'snooze', 'open']
}

describe('a call of Notify', () => {
  it('asks for a notice that stays, is heard and has buttons, where the desktop has them', () => {
    expect(notifyArguments(notice, 7, traits('actions', 'body', 'body-markup'))).toEqual([
      'Standby',
      7,
      '',
      'v1-functions: 12,000 jobs',
      'over 10,000 &amp; growing\nsince &lt;02:14&gt;',
      ['default', 'Open', 'acknowledge', 'Acknowledge', 'snooze', 'Snooze 1 h', 'open', 'Open'],
      {
        urgency: new Variant('y', 2),
        'desktop-entry': new Variant('s', 'standby'),
        'sound-name': new Variant('s', 'dialog-error')
      },
      0
    ])
  })

  it('asks for a silent notice that goes by itself, and offers nothing to a desktop without buttons', () => {
    const quiet: Notice = { ...notice, urgency: 'normal', hasSound: false }
    expect(notifyArguments(quiet, 0, traits('body')).slice(4)).toEqual([
      'over 10,000 & growing\nsince <02:14>',
      [],
      {
        urgency: new Variant('y', 1),
        'desktop-entry': new Variant('s', 'standby'),
        'suppress-sound': new Variant('b', true)
      },
      -1
    ])
  })

  it('leaves only the click where a notice offers no acts', () => {
    expect(notifyArguments({ ...notice, acts: [] }, 0, traits('actions'))[5]).toEqual(['default', 'Open'])
  })

  it('never sends the bus what it cuts a sender off for, nor a text without end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(40), (text, times) => {
        const said = { ...notice, title: `a\0${text.repeat(times)}`, body: `b\0\n${text.repeat(times)}` }
        const [, , , title, body] = notifyArguments(said, 0, traits('body')) as string[]
        expect(title).toMatch(/^a /)
        expect(title).not.toMatch(/\p{Cc}/u)
        expect(title?.length).toBeLessThanOrEqual(200)
        expect(body).toMatch(/^b \n/)
        expect(body).not.toMatch(/(?!\n)\p{Cc}/u)
        expect(body?.length).toBeLessThanOrEqual(4_000)
      })
    )
  })

  it('escapes so that a reader of markup gets the text back and no element', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', 'b', ';', 'lt', '/', '"') }), (text) => {
        const safe = escaped(text)
        expect(safe).not.toMatch(/[<>]/)
        expect(safe.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).toBe(text)
      })
    )
  })
})
