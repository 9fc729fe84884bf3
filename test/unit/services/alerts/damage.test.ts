import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { defaultRules } from '../../../../src-main/core/alerts/default-rules.ts'
import { newInstance } from '../../../../src-main/core/alerts/instance.ts'
import { AlertStore } from '../../../../src-main/services/alerts/store.ts'

const trials = process.env.STANDBY_SOAK === '1' ? 300 : 30

it('with bits flipped or cut anywhere is read as far as it can be, or set aside, and goes on being written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'standby-alerts-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const open = (own: string): AlertStore => new AlertStore({ folder: own, key: 'a'.repeat(64), log: () => undefined })
  const first = open(folder)
  first.writeRules(defaultRules)
  const instances = Array.from({ length: 40 }, (_, index) =>
    newInstance(`depth/s/q${index}`, 'depth', 's', `q${index}`)
  )
  const alerts = new Map(instances.map((instance) => [instance.alertId, instance]))
  first.keep({ alerts, notices: [], past: [], outbox: new Map() })
  first.close()
  const whole = readFileSync(join(folder, 'alerts.db'))

  let seed = 77
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
  let read = 0
  for (let trial = 0; trial < trials; trial++) {
    const bytes = Buffer.from(whole)
    const isCut = trial % 3 === 0
    for (let flips = isCut ? 0 : 1 + random(3); flips > 0; flips--) {
      const at = random(bytes.length)
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random(8)), at)
    }
    const own = join(folder, `trial-${trial}`)
    mkdirSync(own)
    writeFileSync(join(own, 'alerts.db'), isCut ? bytes.subarray(0, random(bytes.length)) : bytes)
    const store = open(own)
    store.rules()
    store.silences()
    store.notices()
    store.past(200)
    store.watch()
    store.webhooks.webhooks()
    store.webhooks.outbox()
    read += store.alerts().length
    store.writeRules(defaultRules)
    expect(store.rules()).toEqual(defaultRules)
    store.close()
  }
  expect(read).toBeGreaterThan(100)
}, 120_000)
