import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { contract } from '../../../src-main/contract/contract.ts'
import { Failure } from '../../../src-main/core/failure.ts'
import { backlogLimit } from '../../../src-main/services/bridge/outlet.ts'
import { openLimit } from '../../../src-main/services/bridge/session.ts'
import { BridgeClient } from '../../../src-renderer/bridge/client.ts'
import { bridgePair } from '../../support/bridge-pair.ts'
import { settled } from '../../support/fake-clock.ts'
import { calls, feeds, HandView, settings } from '../../support/handlers.ts'

const silent = (): void => undefined

function pair(given: { calls?: Parameters<typeof calls>[0]; view?: HandView; onDefect?: () => void }) {
  const { view } = given
  return bridgePair({
    calls: calls(given.calls),
    feeds: feeds(view === undefined ? {} : { 'settings.watch': () => view }),
    onDefect: given.onDefect ?? silent
  })
}

describe('a call', () => {
  it('brings back what the handler returns', async () => {
    const { standby } = pair({ calls: { 'settings.change': (change) => ({ ...settings, ...change }) } })
    const reply = await new BridgeClient(standby).call('settings.change', { theme: 'dark' })
    expect(reply).toEqual({ ok: true, value: { ...settings, theme: 'dark' } })
  })

  it('brings back a failure with every field of its fault', async () => {
    const fault = {
      code: 'limited',
      message: 'Later.',
      field: 'endpoint',
      retryAfterMs: 2000,
      detail: 'HTTP 429'
    } as const
    const failing = (): never => {
      throw new Failure(fault)
    }
    const { standby } = pair({ calls: { 'app.describe': failing } })
    expect(await new BridgeClient(standby).call('app.describe', {})).toEqual({ ok: false, fault })
  })

  it('tells a defect without its text, which may hold a secret, and reports it', async () => {
    const onDefect = vi.fn()
    const failing = (): never => {
      throw new Error('key is standby-marker')
    }
    const { standby } = pair({ calls: { 'app.describe': failing }, onDefect })
    const reply = await new BridgeClient(standby).call('app.describe', {})
    expect(reply).toMatchObject({ ok: false, fault: { code: 'defect' } })
    expect(JSON.stringify(reply)).not.toContain('standby-marker')
    expect(onDefect).toHaveBeenCalledOnce()
  })

  it('reaches the handler as an aborted signal when the page cancels', async () => {
    let seen: AbortSignal | null = null
    const waiting = (_args: unknown, signal: AbortSignal): Promise<never> => {
      seen = signal
      return new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')))
      )
    }
    const { standby } = pair({ calls: { 'app.describe': waiting } })
    const controller = new AbortController()
    const reply = new BridgeClient(standby).call('app.describe', {}, controller.signal)
    await settled()
    controller.abort()
    expect(await reply).toMatchObject({ ok: false, fault: { code: 'cancelled' } })
    expect(seen).toMatchObject({ aborted: true })
  })

  it('is not found in another page by its id', async () => {
    const signals: AbortSignal[] = []
    const waiting = (_args: unknown, signal: AbortSignal): Promise<never> => {
      signals.push(signal)
      return new Promise<never>(silent)
    }
    const first = pair({ calls: { 'app.describe': waiting } })
    const second = pair({ calls: { 'app.describe': waiting } })
    void first.standby.request('a', 'app.describe', {})
    void second.standby.request('a', 'app.describe', {})
    await settled()
    await second.standby.cancel('a')
    expect(signals.map((signal) => signal.aborted)).toEqual([false, true])
  })

  it('is refused when too many are under way', async () => {
    const { standby } = pair({ calls: { 'app.describe': () => new Promise<never>(silent) } })
    for (let i = 0; i < openLimit; i++) void standby.request(`c${i}`, 'app.describe', {})
    expect(await standby.request('one more', 'app.describe', {})).toMatchObject({ fault: { code: 'limited' } })
  })
})

describe('a feed', () => {
  it('starts with a snapshot and goes on with deltas, one frame in flight', async () => {
    const view = new HandView()
    const { standby } = pair({ view })
    const frames: unknown[] = []
    await standby.open('f', 'settings.watch', {}, (frame) => frames.push(frame))
    view.change(true)
    view.change(false)
    await settled()
    expect(frames).toEqual([{ kind: 'snapshot', seq: 1, value: settings }])
    await standby.ack('f', 1)
    await settled()
    const deltas = [true, false].map((isUtc) => ({ ...settings, isUtc }))
    expect(frames.slice(1)).toEqual([{ kind: 'deltas', seq: 2, values: deltas }])
  })

  it('ignores an acknowledgement of anything but the frame in flight', async () => {
    const view = new HandView()
    const { standby } = pair({ view })
    const frames: unknown[] = []
    await standby.open('f', 'settings.watch', {}, (frame) => frames.push(frame))
    view.change(true)
    for (const seq of [0, 2, -1, NaN]) await standby.ack('f', seq)
    await settled()
    expect(frames).toHaveLength(1)
  })

  it('replaces what piled up past the limit by one new snapshot', async () => {
    const view = new HandView()
    const { standby } = pair({ view })
    const frames: unknown[] = []
    await standby.open('f', 'settings.watch', {}, (frame) => frames.push(frame))
    for (let i = 0; i <= backlogLimit; i++) view.change(i % 2 === 0)
    await standby.ack('f', 1)
    await settled()
    expect(frames.slice(1)).toEqual([{ kind: 'snapshot', seq: 2, value: { ...settings, isUtc: true } }])
    expect(view.snapshots).toBe(2)
  })

  it('leaves a page right whatever the order of changes and acknowledgements', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.boolean(), fc.constant('wait' as const)), { maxLength: 40 }),
        async (steps) => {
          const view = new HandView()
          const { standby } = pair({ view })
          let known: unknown = null
          const stop = new BridgeClient(standby).watch(
            'settings.watch',
            {},
            {
              snapshot: (value) => (known = value),
              deltas: (values) => (known = values.at(-1))
            }
          )
          for (const step of steps) {
            if (step === 'wait') await settled()
            else view.change(step)
          }
          await settled()
          await settled()
          expect(known).toEqual(view.current)
          stop()
          await settled()
          expect(view.listeners).toBe(0)
        }
      ),
      { numRuns: 60 }
    )
  })

  it('says why it ended, and listens no more', async () => {
    const view = new HandView()
    const { standby } = pair({ view })
    const end = vi.fn()
    new BridgeClient(standby).watch('settings.watch', {}, { snapshot: silent, deltas: silent, end })
    await settled()
    view.ended.publish(null)
    await settled()
    expect(end).toHaveBeenCalledExactlyOnceWith(null)
    expect(view.listeners).toBe(0)
  })

  it('ends with its page', async () => {
    const view = new HandView()
    const { standby, session } = pair({ view })
    await standby.open('f', 'settings.watch', {}, silent)
    session.end()
    expect(view.listeners).toBe(0)
  })

  it('that main refuses tells the page why', async () => {
    const refused = bridgePair({
      calls: calls(),
      feeds: feeds({
        'queues.watch': () => {
          throw new Failure({ code: 'missing', message: 'No such server.' })
        }
      }),
      onDefect: silent
    })
    const end = vi.fn()
    const args = { serverId: 's' }
    new BridgeClient(refused.standby).watch('queues.watch', args, { snapshot: silent, deltas: silent, end })
    await settled()
    expect(end).toHaveBeenCalledExactlyOnceWith({ code: 'missing', message: 'No such server.' })
  })
})

describe('the boundary', () => {
  const hostile = fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'shell.openExternal', ''),
    fc.string(),
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withTypedArray: true })
  )
  const names = fc.oneof(fc.constantFrom(...Object.keys(contract)), hostile)

  it('answers every message with a reply and lets no nonsense reach a handler', async () => {
    const reached = vi.fn()
    const spy = (): never => {
      reached()
      throw new Failure({ code: 'conflict', message: 'reached' })
    }
    const { session } = bridgePair({
      calls: { ...calls(), 'connections.add': spy, 'connections.remove': spy, 'fleet.sweep': spy },
      feeds: feeds({ 'queues.watch': spy }),
      onDefect: silent
    })
    await fc.assert(
      fc.asyncProperty(hostile, names, hostile, async (id, name, args) => {
        const replies = [await session.request(id, name, args), session.open(id, name, args)]
        replies.push(session.cancel(id), session.ack(id, args), session.close(id))
        for (const reply of replies) expect(typeof reply.ok).toBe('boolean')
      }),
      { numRuns: process.env.STANDBY_SOAK === undefined ? 2000 : 20_000 }
    )
    expect(reached).not.toHaveBeenCalled()
  })

  it('refuses an unknown property instead of passing it on', async () => {
    const { session } = pair({ calls: { 'connections.remove': () => null } })
    const args = JSON.parse('{"connectionId":"c","__proto__":{"polluted":true}}') as unknown
    expect(await session.request('a', 'connections.remove', args)).toMatchObject({ fault: { code: 'invalid' } })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('names the field that does not fit', async () => {
    const { session } = pair({})
    const reply = await session.request('a', 'connections.remove', { connectionId: 7 })
    expect(reply).toMatchObject({ fault: { code: 'invalid', field: 'connectionId' } })
  })
})
