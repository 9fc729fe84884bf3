import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Blind } from '../../../../src-main/core/watchdog.ts'
import { BlindRecord } from '../../../../src-main/services/alerts/blind-record.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'standby-blind-'))
  file = join(folder, 'blind.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function taken(nowMs: number): readonly Blind[] {
  const all: Blind[] = []
  new BlindRecord(folder).take(nowMs, (blinds) => all.push(...blinds))
  return all
}

it('hands out each time once, oldest first, with its last state, and what still lasts as ended', () => {
  const record = new BlindRecord(folder)
  record.append({ fromMs: 2000, toMs: null, kind: 'hung' })
  record.append({ fromMs: 1000, toMs: null, kind: 'hung' })
  record.append({ fromMs: 1000, toMs: 1500, kind: 'hung' })
  record.append({ fromMs: 2000, toMs: null, kind: 'dead' })
  expect(record.read()).toEqual([
    { fromMs: 1000, toMs: 1500, kind: 'hung' },
    { fromMs: 2000, toMs: null, kind: 'dead' }
  ])
  expect(taken(9000)).toEqual([
    { fromMs: 1000, toMs: 1500, kind: 'hung' },
    { fromMs: 2000, toMs: 9000, kind: 'dead' }
  ])
  expect(taken(9000)).toEqual([])
})

it('hands out again what could not be kept', () => {
  new BlindRecord(folder).append({ fromMs: 1000, toMs: 2000, kind: 'dead' })
  const full = (): void => {
    throw new Error('the disk is full')
  }
  expect(() => new BlindRecord(folder).take(5000, full)).toThrow('full')
  expect(taken(9000)).toEqual([{ fromMs: 1000, toMs: 2000, kind: 'dead' }])
})

it('ends no time before it began, whatever the wall clock says', () => {
  new BlindRecord(folder).append({ fromMs: 5000, toMs: null, kind: 'dead' })
  expect(taken(1000)).toEqual([{ fromMs: 5000, toMs: 5000, kind: 'dead' }])
})

it('passes over what it did not write, and begins a file anew that is no record', () => {
  const good = { fromMs: 1000, toMs: 2000, kind: 'hung' } as const
  for (const line of ['{', '', 'null', '[]', '{"fromMs":-1,"toMs":null,"kind":"hung"}', '{"fromMs":1,"kind":"hung"}'])
    appendFileSync(file, `${line}\n`)
  appendFileSync(file, `${JSON.stringify({ ...good, kind: 'asleep' })}\n${JSON.stringify(good)}\n{"fromMs":3000,"to`)
  const next = { ...good, fromMs: 4000, toMs: 5000 }
  new BlindRecord(folder).append(next)
  expect(taken(9000)).toEqual([good, next])
  writeFileSync(file, Buffer.alloc(1_000_000, 'x'))
  expect(new BlindRecord(folder).read()).toEqual([])
  expect(new BlindRecord(folder).append(good)).toBe(true)
  expect(taken(9000)).toEqual([good])
})

it('stays small, and keeps the newest', () => {
  const record = new BlindRecord(folder)
  for (let at = 0; at < 5000; at++) record.append({ fromMs: at, toMs: at + 1, kind: 'hung' })
  expect(readFileSync(file).length).toBeLessThan(110_000)
  const kept = taken(9000)
  expect(kept.length).toBeLessThanOrEqual(200)
  expect(kept.at(-1)?.fromMs).toBe(4999)
})

it('makes no folder: a profile that was removed stays so', () => {
  rmSync(folder, { recursive: true })
  expect(new BlindRecord(folder).append({ fromMs: 1, toMs: null, kind: 'dead' })).toBe(false)
  expect(taken(2)).toEqual([])
  expect(existsSync(folder)).toBe(false)
})
