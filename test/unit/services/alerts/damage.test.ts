import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { defaultRules } from '../../../../src-main/core/alerts/default-rules.ts'
import { newInstance } from '../../../../src-main/core/alerts/instance.ts'
import { spoiltCopies } from '../../../support/spoilt.ts'
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

  let read = 0
  for (const [trial, bytes] of [...spoiltCopies(whole, trials)].entries()) {
    const own = join(folder, `trial-${trial}`)
    mkdirSync(own)
    writeFileSync(join(own, 'alerts.db'), bytes)
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
