import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { AlertWorld } from '../../../support/alert-world.ts'
import { depthRule } from '../../../support/rules.ts'

const rule = { ...depthRule, renotifyMs: 1_800_000 }

it('tells nothing of a server nobody looks at, and what became due meanwhile once somebody does again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'standby-blind-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const world = new AlertWorld(folder, [rule])
  const flood = (): void => world.look([{ kind: 'depth', subject: 'functions', value: 6000, atMs: world.clock.now() }])
  flood()
  await world.clock.advance(1_000)
  expect(world.shown.map(({ title }) => title)).toEqual(['Critical · Shop'])

  world.isBlind = true
  await world.clock.advance(3 * 3_600_000)
  expect(world.shown).toHaveLength(1)
  world.isBlind = false
  flood()
  await world.clock.advance(1_000)
  expect(world.shown.map(({ title }) => title)).toEqual(['Critical · Shop', 'Still critical · Shop'])
  world.kill()
})
