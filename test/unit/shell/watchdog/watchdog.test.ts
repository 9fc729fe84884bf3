import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Blind } from '../../../../src-main/core/watchdog.ts'
import { memoryStore, memoryVault } from '../../../../src-main/headless/memory.ts'
import { BlindRecord } from '../../../../src-main/services/alerts/blind-record.ts'
import { Connections } from '../../../../src-main/services/connections.ts'
import { parseLine, recordedLine } from '../../../../src-main/shell/watchdog/lines.ts'
import type { WatchdogProcess } from '../../../../src-main/shell/watchdog/process.ts'
import { Watchdog } from '../../../../src-main/shell/watchdog/watchdog.ts'
import { FakeClock } from '../../../support/fake-clock.ts'

/** A child that does what the test says. */
class Child implements WatchdogProcess {
  readonly said: string[] = []
  isKilled = false
  #hear: (line: string) => void = () => undefined
  #go: (why: string) => void = () => undefined

  say(line: string): void {
    this.said.push(parseLine(line)?.kind ?? 'nonsense')
  }
  onLine(listener: (line: string) => void): void {
    this.#hear = listener
  }
  onGone(listener: (why: string) => void): void {
    this.#go = listener
  }
  kill(): void {
    this.isKilled = true
    this.#go('SIGKILL')
  }
  tell(line: string): void {
    this.#hear(line)
  }
  go(): void {
    this.#go('code 0')
  }
}

const hello = { identity: { pid: 7, startedMs: 1 }, command: { file: '/opt/standby', args: ['.'], folder: '/' } }
const draft = { name: '', projectId: 'shop', apiKey: 'k', environment: 'production' } as const
const real = { ...draft, endpoint: 'https://shop.example/v1' }

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'standby-watchdog-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function bench() {
  const clock = new FakeClock()
  const connections = new Connections({ store: memoryStore(), vault: memoryVault() })
  const record = new BlindRecord(folder)
  const children: Child[] = []
  const blinds: Blind[] = []
  const watchdog = new Watchdog({
    connections,
    clock,
    record,
    hello,
    startProcess: () => {
      const child = new Child()
      children.push(child)
      return child
    },
    log: () => undefined,
    onBlind: (more) => blinds.push(...more)
  })
  return { clock, connections, record, children, blinds, watchdog }
}

it('runs while there is a server that is not the demo, and gives a sign of life every five seconds', async () => {
  const { clock, connections, children, watchdog } = bench()
  connections.addEphemeral({ ...draft, endpoint: 'http://127.0.0.1:1/v1' })
  watchdog.start()
  expect(children).toHaveLength(0)
  const { connectionId } = connections.add(real)
  connections.add({ ...real, projectId: 'other' })
  expect(children).toHaveLength(1)
  await clock.advance(11_000)
  expect(children[0]?.said).toEqual(['hello', 'beat', 'beat'])
  for (const one of connections.list().filter(({ isDemo }) => !isDemo)) connections.remove(one.connectionId)
  expect(() => connections.find(connectionId)).toThrow()
  await clock.advance(1_000)
  expect(children[0]?.said).toEqual(['hello', 'beat', 'beat', 'bye'])
  expect(children[0]?.isKilled).toBe(false)
})

it('has never two: a new one waits until the one before is gone, which is not waited for longer than two seconds', async () => {
  const { clock, connections, children, watchdog } = bench()
  watchdog.start()
  connections.remove(connections.add(real).connectionId)
  connections.add(real)
  expect(children).toHaveLength(1)
  children[0]?.go()
  expect(children).toHaveLength(2)
  for (const { connectionId } of connections.list()) connections.remove(connectionId)
  connections.add(real)
  await clock.advance(2_000)
  expect([children.length, children[1]?.isKilled]).toEqual([3, true])
})

it('starts one that ended by itself again, once a minute at most', async () => {
  const { clock, connections, children, watchdog } = bench()
  connections.add(real)
  watchdog.start()
  await clock.advance(10_000)
  children[0]?.go()
  connections.add({ ...real, projectId: 'other' })
  await clock.advance(49_000)
  expect(children).toHaveLength(1)
  await clock.advance(1_000)
  expect(children).toHaveLength(2)
  await clock.advance(3_600_000)
  children[1]?.go()
  expect(children).toHaveLength(3)
  expect(children[1]?.said.length).toBe(721)
})

it('says farewell once when Standby quits, and starts none after it', async () => {
  const { clock, connections, children, watchdog } = bench()
  connections.add(real)
  watchdog.start()
  watchdog.stop()
  watchdog.stop()
  expect(children[0]?.said).toEqual(['hello', 'bye'])
  children[0]?.go()
  connections.add({ ...real, projectId: 'other' })
  await clock.advance(120_000)
  expect(children).toHaveLength(1)
})

it('hands out each blind time once: of a run before, when told so, and what a watchdog that died left open', async () => {
  const { clock, connections, record, children, blinds, watchdog } = bench()
  const nowMs = clock.now()
  record.append({ fromMs: nowMs - 9_000, toMs: null, kind: 'dead' })
  connections.add(real)
  watchdog.start()
  expect(blinds.splice(0)).toEqual([{ fromMs: nowMs - 9_000, toMs: nowMs, kind: 'dead' }])
  record.append({ fromMs: nowMs, toMs: nowMs + 20_000, kind: 'hung' })
  children[0]?.tell('anything')
  expect(blinds).toEqual([])
  children[0]?.tell(recordedLine)
  children[0]?.tell(recordedLine)
  expect(blinds.splice(0)).toEqual([{ fromMs: nowMs, toMs: nowMs + 20_000, kind: 'hung' }])
  await clock.advance(60_000)
  record.append({ fromMs: nowMs + 30_000, toMs: null, kind: 'hung' })
  children[0]?.go()
  expect(blinds).toEqual([{ fromMs: nowMs + 30_000, toMs: nowMs + 60_000, kind: 'hung' }])
})
