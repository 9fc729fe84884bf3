import { contract, isName, type Name } from '../../../src-main/contract/contract.ts'
import { expect, test } from '../support/desk.ts'
import { logOf } from './other-window.ts'

const count = process.env.STANDBY_SOAK === '1' ? 20_000 : 2_000

interface Outcome {
  /** Answered with `ok: false`, by the code of the fault. */
  readonly refused: Readonly<Record<string, number>>
  /** Stopped by the bridge between the worlds, before the preload saw it. */
  readonly stopped: number
  /** What should have been refused and was not, or was answered with something else than a reply. */
  readonly wrong: readonly string[]
}

interface Plan {
  readonly seed: number
  readonly count: number
  readonly calls: readonly Name[]
  readonly feeds: readonly Name[]
}

/** Runs in the page: sends hostile messages one after another through the real bridge. */
async function attack({ seed, count, calls, feeds }: Plan): Promise<Outcome> {
  let state = seed
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const nested = (depth: number): unknown => {
    let value: unknown = 'bottom'
    for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { value }
    return value
  }
  const cyclic: Record<string, unknown> = {}
  cyclic.self = cyclic
  const polluting: unknown = JSON.parse(
    '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'
  )

  const text = (): string =>
    pick([
      () => '__proto__',
      () => '\0\u202e\ud800',
      () => '../'.repeat(20),
      () => 'javascript:alert(1)',
      () => 'http://user:pass@127.0.0.1:1/v1#x',
      () => String.fromCharCode(...Array.from({ length: 1 + Math.floor(random() * 40) }, () => random() * 65_536)),
      () => 'x'.repeat(65 + Math.floor(random() * 2_000)),
      () => (random() < 0.02 ? 'y'.repeat(4_000_000) : 'z'.repeat(5_000))
    ])()
  // Nothing here that a call without arguments would take for an empty object: the bridge between the worlds makes one of
  // an element, of an error and of a property that throws.
  const junk: readonly (() => unknown)[] = [
    () => null,
    () => undefined,
    () => random() * 1e9,
    () => pick([Number.NaN, Infinity, -0, 2 ** 53]),
    () => 10n ** 40n,
    () => true,
    text,
    () => [text()],
    () => [[], {}, null],
    () => ({ [`a ${text().slice(0, 300)}`]: text() }),
    () => polluting,
    () => cyclic,
    () => nested(20),
    () => nested(5_000),
    () => Symbol('hostile'),
    () => () => 'called',
    () => ({ toJSON: () => ({}), then: () => undefined }),
    () => ({
      get trap() {
        return text()
      }
    }),
    () =>
      new Proxy(
        { extra: 1 },
        {
          get: () => {
            throw new Error('proxy')
          }
        }
      ),
    () => window,
    () => Array.from({ length: 2_000 }, (_, index) => index),
    () => Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key-${index}`, index]))
  ]
  const value = (): unknown => pick(junk)()
  const badId = (): unknown =>
    pick([
      () => pick(junk.filter((make) => make !== text))(),
      () => '',
      () => 'i'.repeat(65),
      () => ({ toString: () => 'p1' }),
      () => ['p1']
    ])()
  const badName = (): unknown =>
    pick<() => unknown>([
      value,
      () =>
        pick(['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'shell.openExternal', 'standby:request', '']),
      () => `${pick([...calls, ...feeds])} `,
      () => pick([...calls, ...feeds]).toUpperCase(),
      () => [pick(calls)],
      () => ({ toString: () => pick(calls) }),
      () => new String(pick(calls))
    ])()

  let sent = 0
  const id = (): string => `fuzz-${sent}`
  const draft = (): Record<string, unknown> => ({
    name: 'fuzz',
    endpoint: 'http://127.0.0.1:1/v1',
    projectId: 'fuzz',
    apiKey: 'fuzz-key',
    environment: 'development'
  })
  /** Right in shape but for one thing. */
  const almost: Readonly<Record<string, () => unknown>> = {
    'connections.add': () => {
      const made = draft()
      const field = pick(Object.keys(made))
      const wrong: Readonly<Record<string, readonly unknown[]>> = {
        // An empty name is made up from the host, so only a long one is wrong.
        name: ['n'.repeat(61), 7, null],
        endpoint: [
          '',
          'file:///etc/passwd',
          'javascript:alert(1)',
          'http://user:pass@host/v1',
          'http://',
          'x'.repeat(3_000),
          {}
        ],
        projectId: ['', 'console', '../..', 'p'.repeat(37), 'a b', '__proto__', ['fuzz']],
        apiKey: ['', 'two words', 'line\r\nX-Appwrite-Mode: admin', 'k'.repeat(5_000), 'ключ'],
        environment: ['__proto__', '', 'PRODUCTION', 0]
      }
      if (random() < 0.2) return { ...made, extra: value() }
      if (random() < 0.2) return Object.fromEntries(Object.entries(made).filter(([name]) => name !== field))
      return { ...made, [field]: pick(wrong[field] ?? []) }
    },
    'connections.remove': () => ({
      connectionId: pick(['', 'unknown', '__proto__', '../standby.json', 'i'.repeat(65), 1])
    }),
    'fleet.sweep': () => ({ serverId: pick(['', 'unknown', '__proto__', 'constructor', 'i'.repeat(65), null]) }),
    'queues.watch': () => ({
      serverId: pick(['unknown', '__proto__', '', 'i'.repeat(65), 7])
    }),
    'settings.change': () =>
      pick([{ theme: 'pink' }, { theme: '__proto__' }, { isUtc: 1 }, { isUtc: 'true', extra: 1 }, { bounds: {} }])
  }
  const args = (name: string): unknown => {
    const make = almost[name]
    return make !== undefined && random() < 0.6 ? make() : value()
  }
  const listener = (): void => undefined
  const { standby } = window as unknown as {
    standby: Record<'request' | 'open' | 'cancel' | 'ack' | 'close', (...args: unknown[]) => Promise<unknown>>
  }
  const kinds: readonly (() => Promise<unknown>)[] = [
    () => standby.request(id(), badName(), random() < 0.5 ? {} : value()),
    () => standby.request(badId(), pick(calls), random() < 0.5 ? draft() : value()),
    () => {
      const name = pick(calls)
      return standby.request(id(), name, args(name))
    },
    () => standby.request(id(), pick(feeds), {}),
    () => standby.open(id(), badName(), {}, listener),
    () => {
      const name = pick(feeds)
      return standby.open(id(), name, args(name), listener)
    },
    () => standby.open(badId(), 'settings.watch', {}, listener),
    () => standby.open(id(), 'settings.watch', {}, pick<unknown>([null, 'x', {}, [], 1])),
    () => standby.open(id(), pick(calls), {}, listener),
    () => standby.cancel(pick<unknown>([null, 1, {}, ['p1'], polluting, nested(20)])),
    () => standby.close(pick<unknown>([null, 1, {}, ['p1'], polluting, nested(20)])),
    () => standby.ack(pick<unknown>([null, 1, {}, 'p1']), pick<unknown>(['1', null, {}, [1], 1n])),
    () => standby.request(),
    () => standby.open()
  ]

  const refused: Record<string, number> = {}
  const wrong: string[] = []
  let stopped = 0
  for (; sent < count; sent++) {
    const kind = Math.floor(random() * kinds.length)
    let reply: unknown
    try {
      reply = await kinds[kind]?.()
    } catch {
      stopped++
      continue
    }
    const { ok, fault } = reply as { ok?: unknown; fault?: { code?: unknown; message?: unknown } }
    if (ok === false && typeof fault?.code === 'string' && typeof fault.message === 'string') {
      refused[fault.code] = (refused[fault.code] ?? 0) + 1
    } else {
      wrong.push(`message ${sent} of kind ${kind}: ${JSON.stringify(reply)}`.slice(0, 300))
    }
  }
  return { refused, stopped, wrong: wrong.slice(0, 10) }
}

test(`${count} hostile messages change nothing`, async ({ launch }) => {
  test.setTimeout(60_000 + count * 20)
  const desk = await launch()
  const { app, page } = desk
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const known = (): Promise<unknown> =>
    page.evaluate(async () => {
      const first = (name: string): Promise<unknown> =>
        new Promise((resolve) => {
          void window.standby.open(`look-${name}`, name, {}, (frame) => {
            void window.standby.close(`look-${name}`)
            resolve(frame)
          })
        })
      return [
        await window.standby.request('look', 'app.describe', {}),
        await first('fleet.watch'),
        await first('settings.watch'),
        'polluted' in Object.prototype
      ]
    })
  const before = await known()
  const names = Object.keys(contract) as Name[]
  const calls = names.filter((name) => isName(name, 'call'))
  const feeds = names.filter((name) => isName(name, 'feed'))

  const outcome = await page.evaluate(attack, { seed: 20_261_124, count, calls, feeds })
  expect(outcome.wrong).toEqual([])
  const { refused, stopped } = outcome
  expect(Object.values(refused).reduce((sum, one) => sum + one, stopped)).toBe(count)
  // Each wall had its share; none of the faults is ours.
  expect(Object.keys(refused).sort()).toEqual(['invalid', 'missing', 'unsupported'])
  expect(stopped).toBeGreaterThan(count / 100)

  await test.step('feeds that nobody acknowledges end at the limit', async () => {
    const replies = await page.evaluate(async () => {
      const ids = Array.from({ length: 400 }, (_, index) => `many-${index}`)
      const opened = ids.map((id) => window.standby.open(id, 'settings.watch', {}, () => undefined))
      const answers = await Promise.all(opened)
      await Promise.all(ids.map((id) => window.standby.close(id)))
      return answers.map((reply) => (reply.ok ? 'open' : reply.fault.code))
    })
    const open = replies.filter((reply) => reply === 'open').length
    expect(open).toBeGreaterThan(100)
    expect(open).toBeLessThanOrEqual(128)
    expect(new Set(replies.slice(open))).toEqual(new Set(['limited']))
  })

  expect(await known()).toEqual(before)
  expect((await logOf(desk)).filter((line) => line.includes('defect'))).toEqual([])
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
})
