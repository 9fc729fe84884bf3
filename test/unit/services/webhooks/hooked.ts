import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Rule } from '../../../../src-main/contract/alerts.ts'
import type { WebhookDraft } from '../../../../src-main/contract/webhooks.ts'
import { AlertWorld, type Received } from '../../../support/alert-world.ts'

export const rule: Rule = {
  ruleId: 'depth',
  name: 'Queue depth',
  isEnabled: true,
  kind: 'depth',
  scope: { serverIds: [], subjects: [] },
  warning: { at: 50, forMs: 0, samples: 1 },
  critical: { at: 80, forMs: 0, samples: 1 },
  clearShare: 1,
  keepFiringMs: 0,
  renotifyMs: 1_800_000,
  runbookUrl: '',
  note: ''
}

export const hook: WebhookDraft = {
  webhookId: null,
  name: 'Ops',
  kind: 'json',
  url: 'https://hooks.example.com/services/T0/SECRET-PATH',
  token: '',
  severities: ['warning', 'critical'],
  sendsResolved: true,
  isEnabled: true
}

/** A world with one rule, and one webhook unless told otherwise. */
export function hooked(...drafts: readonly Partial<WebhookDraft>[]): AlertWorld {
  const folder = mkdtempSync(join(tmpdir(), 'standby-webhooks-'))
  const world = new AlertWorld(folder, [rule])
  onTestFinished(() => {
    world.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const draft of drafts.length === 0 ? [{}] : drafts) world.webhooks.save({ ...hook, ...draft })
  return world
}

/** One look at all queues that are named, with what waits in each. */
export async function look(world: AlertWorld, depths: Readonly<Record<string, number>>): Promise<void> {
  const atMs = world.clock.now()
  world.look(Object.entries(depths).map(([subject, value]) => ({ kind: 'depth', subject, value, atMs })))
  await world.clock.advance(1)
}

interface Told {
  readonly id: string
  readonly lateMs: number
  readonly alerts?: readonly {
    readonly id: string
    readonly at: string
    readonly subject: string
    readonly event: string
  }[]
}

export const told = ({ body }: Received): Told => JSON.parse(body) as Told

/** `firing mails, resolved builds` for each message, as they came. */
export function newsOf(world: AlertWorld): readonly string[] {
  return world.received.map((post) => (told(post).alerts ?? []).map((one) => `${one.event} ${one.subject}`).join(', '))
}
