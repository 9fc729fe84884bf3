import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dayMs } from '../../../src-main/core/history/buckets.ts'
import { HistoryDatabase } from '../../../src-main/services/history/database.ts'
import { spoiltCopies } from '../../support/spoilt.ts'
import { historyKey, openHistory, sample, setUpHistory, startMs, sweeps, sweptNames } from '../../support/histories.ts'

const isSoak = process.env.STANDBY_SOAK === '1'
const everything = { fromMs: 0, toMs: 8_000_000_000_000 }

describe('a file that is not as it was left', () => {
  it('with another key is set aside, never overwritten', () => {
    const { open, folder } = setUpHistory()
    const first = open()
    first.append('s1', [sample('depth/mails', startMs, 1)])
    first.close()
    const second = open({ key: () => 'f'.repeat(64) })
    second.append('s1', [sample('depth/mails', startMs, 2)])
    expect(second.trouble('s1')?.kind).toBe('set-aside')
    expect(second.trouble('s1')?.message).toContain('s1.db.damaged-1790000000000')
    second.close()
    mkdirSync(join(folder, 'again'))
    copyFileSync(join(folder, 's1.db.damaged-1790000000000'), join(folder, 'again', 's1.db'))
    const again = openHistory(join(folder, 'again'))
    expect(again.samples('s1', 'depth/mails', 0)).toEqual([sample('depth/mails', startMs, 1)])
    again.close()
  })

  it('of a newer version is left alone', () => {
    const { open, file } = setUpHistory()
    const first = open()
    first.append('s1', [sample('depth/mails', startMs, 1)])
    first.close()
    const database = new HistoryDatabase({ path: file, key: historyKey })
    database.prepare('PRAGMA user_version = 99').run()
    database.checkpoint()
    database.close()
    const before = readFileSync(file)
    const second = open()
    second.append('s1', [sample('depth/mails', startMs, 2)])
    expect(second.trouble('s1')).toMatchObject({ kind: 'unusable' })
    expect(second.samples('s1', 'depth/mails', 0)).toHaveLength(1)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('cut or flipped anywhere opens or is set aside, and never tells a wrong sample', async () => {
    const { open, folder, file } = setUpHistory()
    const all = sweeps(5000)
    const truth = new Map(all.flat().map(({ series, atMs, value }) => [`${series} ${atMs}`, value]))
    const history = open()
    for (const one of all.slice(0, 4500)) history.append('s1', one)
    await history.tend(startMs + dayMs)
    for (const one of all.slice(4500)) history.append('s1', one)
    history.unwatched('s1', { fromMs: startMs, toMs: startMs + 1, reason: 'closed' })
    history.close()
    const whole = readFileSync(file)
    let answered = 0
    for (const [trial, bytes] of [...spoiltCopies(whole, isSoak ? 300 : 30)].entries()) {
      const own = join(folder, `trial-${trial}`)
      mkdirSync(own)
      writeFileSync(join(own, 's1.db'), bytes)
      const damaged = openHistory(own)
      for (const name of sweptNames) {
        for (const one of damaged.samples('s1', name, 0)) {
          answered++
          expect(truth.get(`${one.series} ${one.atMs}`)).toBe(one.value)
        }
      }
      const { series } = damaged.query({ serverId: 's1', series: sweptNames, ...everything, points: 4000 })
      for (const { max } of series) expect(Math.max(0, ...max.filter((value) => !Number.isNaN(value)))).toBeLessThan(61)
      damaged.append('s1', [sample('depth/mails', startMs + dayMs, 7)])
      expect(damaged.samples('s1', 'depth/mails', 0)).toEqual([sample('depth/mails', startMs + dayMs, 7)])
      damaged.close()
    }
    expect(answered).toBeGreaterThan(10_000)
  }, 300_000)
})

describe('a disk that is full', () => {
  it('stops the writing and says so, keeps what it sees, and goes on when there is room', () => {
    const { open, file } = setUpHistory({ maxPages: 24 })
    const history = open()
    const told: unknown[] = []
    history.onTrouble(({ trouble }) => told.push(trouble?.kind ?? null))
    const all = sweeps(2000)
    for (const one of all) history.append('s1', one)
    expect(told).toEqual(['full'])
    expect(history.trouble('s1')?.message).toMatch(/disk takes no more.*free some space/)
    const ofFunctions = all.flat().filter(({ series }) => series === 'depth/functions')
    expect(history.samples('s1', 'depth/functions', 0)).toEqual(ofFunctions)
    history.close()
    expect(statSync(file).size).toBeLessThanOrEqual(24 * 4096)

    const second = open({})
    const kept = second.samples('s1', 'depth/functions', 0)
    expect(kept.length).toBeGreaterThan(50)
    expect(kept).toEqual(ofFunctions.slice(0, kept.length))
    second.append('s1', [sample('depth/mails', startMs, 1)])
    expect(second.trouble('s1')).toBeNull()
    expect(existsSync(`${file}.damaged-1790000000000`)).toBe(false)
  })
})
