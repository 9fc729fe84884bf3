import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BlindRecord } from '../../../../src-main/services/alerts/blind-record.ts'
import type { Notice, NoticeAct, Notifier } from '../../../../src-main/services/ports.ts'
import { lineOf, type Command } from '../../../../src-main/shell/watchdog/lines.ts'
import { MainWatch } from '../../../../src-main/shell/watchdog/main-watch.ts'
import { announce, isRelieved, meetingPlace } from '../../../../src-main/shell/watchdog/presence.ts'
import { FakeClock } from '../../../support/fake-clock.ts'

/** A desktop that takes notices, or not, and clicks. */
class Desktop implements Notifier {
  readonly shown: Notice[] = []
  isThere = true
  closed = 0
  #click: (noticeId: string, act: NoticeAct) => void = () => undefined

  face() {
    return { kind: 'buttons', server: 'test' } as const
  }
  onFace() {
    return () => undefined
  }
  show(notice: Notice): Promise<void> {
    if (!this.isThere) return Promise.reject(new Error('nobody shows notices'))
    this.shown.push(notice)
    return Promise.resolve()
  }
  close(): void {
    this.closed++
  }
  onAct(listener: (noticeId: string, act: NoticeAct) => void) {
    this.#click = listener
    return () => undefined
  }
  click(): void {
    const last = this.shown.at(-1)
    if (last !== undefined) this.#click(last.noticeId, 'open')
  }
}

const identity = { pid: 7, startedMs: 1 }
const command: Command = { file: '/opt/standby', args: ['--disable-gpu', '.'], folder: '/home/on-call' }
const hello = lineOf({ kind: 'hello', hello: { identity, command } })

let profile: string
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'standby-main-watch-'))
  announce(profile, identity)
})
afterEach(() => rmSync(profile, { recursive: true, force: true }))

function bench() {
  const clock = new FakeClock()
  const desktop = new Desktop()
  const record = new BlindRecord(meetingPlace(profile))
  const did: string[] = []
  const opened: Command[] = []
  const watch = new MainWatch({
    clock,
    notifier: desktop,
    record,
    isRelieved: (one) => isRelieved(profile, one),
    open: (one) => opened.push(one),
    say: (line) => did.push(line),
    leave: () => did.push('left')
  })
  watch.start()
  return { clock, desktop, record, did, opened, watch }
}

it('tells of one that hangs without offering to open it, and takes that back when it is heard again', async () => {
  const { clock, desktop, record, did, opened, watch } = bench()
  const fromMs = clock.now()
  watch.hear(hello)
  await clock.advance(5_000)
  watch.hear('beat')
  await clock.advance(14_000)
  expect(desktop.shown).toEqual([])
  await clock.advance(60_000)
  expect(desktop.shown).toHaveLength(1)
  expect(desktop.shown).toMatchObject([
    { title: 'Standby does not watch', urgency: 'critical', hasSound: true, acts: [] }
  ])
  expect(desktop.shown[0]?.body).toMatch(
    /^Standby stopped answering at \d\d:\d\d\. Nothing is watched until it is back\.$/
  )
  desktop.click()
  expect(opened).toEqual([])
  expect(record.read()).toEqual([{ fromMs: fromMs + 5_000, toMs: null, kind: 'hung' }])
  expect(did).toEqual([])
  watch.hear('beat')
  expect([desktop.closed, did]).toEqual([1, ['recorded']])
  expect(record.read()).toEqual([{ fromMs: fromMs + 5_000, toMs: fromMs + 79_000, kind: 'hung' }])
})

it('offers to start one that ended again, and leaves once another runs', async () => {
  const { clock, desktop, record, did, opened, watch } = bench()
  watch.hear(hello)
  watch.end()
  await clock.advance(20_000)
  expect(desktop.shown).toMatchObject([{ hasSound: true, acts: ['open'] }])
  desktop.click()
  expect(opened).toEqual([command])
  await clock.advance(5_000)
  expect(did).toEqual([])
  announce(profile, { pid: 7, startedMs: 2 })
  await clock.advance(1_500)
  expect([desktop.closed, did]).toEqual([1, ['left']])
  // Whose end is known to the one that runs now.
  expect(record.read()).toMatchObject([{ toMs: null, kind: 'dead' }])
})

it('says nothing where another Standby runs within fifteen seconds', async () => {
  const { clock, desktop, record, did, watch } = bench()
  watch.hear(hello)
  watch.end()
  await clock.advance(12_000)
  announce(profile, { pid: 8, startedMs: 2 })
  await clock.advance(60_000)
  expect([desktop.shown, desktop.closed, record.read(), did]).toEqual([[], 0, [], ['left']])
})

it('leaves where the profile is gone, and makes nothing of it anew', async () => {
  const { clock, desktop, did, watch } = bench()
  watch.hear(hello)
  watch.end()
  rmSync(profile, { recursive: true })
  await clock.advance(60_000)
  expect([desktop.shown, did]).toEqual([[], ['left']])
  expect(readdirSync(tmpdir()).some((name) => profile.endsWith(name))).toBe(false)
})

it('changes the words of a hung one that is ended, without a sound', async () => {
  const { clock, desktop, watch } = bench()
  watch.hear(hello)
  await clock.advance(20_000)
  watch.end()
  await clock.advance(20_000)
  expect(desktop.shown.map(({ hasSound, acts }) => [hasSound, acts])).toEqual([
    [true, []],
    [false, ['open']]
  ])
  expect(new Set(desktop.shown.map(({ noticeId }) => noticeId)).size).toBe(1)
})

it('tells as soon as there is a desktop to tell it to, unless it is over by then', async () => {
  const { clock, desktop, watch } = bench()
  desktop.isThere = false
  watch.hear(hello)
  await clock.advance(100_000)
  desktop.isThere = true
  await clock.advance(30_000)
  expect(desktop.shown).toMatchObject([{ hasSound: true }])
  watch.hear('beat')
  desktop.isThere = false
  await clock.advance(20_000)
  watch.hear('beat')
  desktop.isThere = true
  for (let beat = 0; beat < 12; beat++) {
    await clock.advance(5_000)
    watch.hear('beat')
  }
  expect(desktop.shown).toHaveLength(1)
})

it('leaves at a farewell at once and without a word', async () => {
  const { clock, desktop, did, watch } = bench()
  watch.hear(hello)
  await clock.advance(7_000)
  watch.hear('bye')
  watch.end()
  await clock.advance(1_000)
  expect([desktop.shown, did]).toEqual([[], ['left']])
})

it.each(['nothing', 'beat', 'hello {}', 'hello {', `hello ${JSON.stringify({ identity })}`, `${hello}x`])(
  'leaves where nobody says who it is: %s',
  async (line) => {
    const { clock, desktop, did, watch } = bench()
    watch.hear(line)
    await clock.advance(15_000)
    watch.hear(line)
    await clock.advance(2_000)
    expect([desktop.shown, did]).toEqual([[], ['left']])
  }
)
