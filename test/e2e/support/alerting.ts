import { expect, type Locator, type Page } from '@playwright/test'
import { once } from 'node:events'
import type { Rule } from '../../../src-main/contract/alerts.ts'
import { defaultRules } from '../../../src-main/core/alerts/default-rules.ts'
import type { Desk } from './desk.ts'
import type { RunningSimulator } from './simulator.ts'

/** Asks the main process for something, as the page does. */
export async function call(page: Page, name: string, args: unknown): Promise<unknown> {
  const reply = await page.evaluate(([asked, given]) => window.standby.request(`ask-${Math.random()}`, asked, given), [
    name,
    args
  ] as const)
  if (!reply.ok) throw new Error(reply.fault.message)
  return reply.value
}

/** Leaves this rule alone of all: whatever is told is told by it. */
export async function watchOnly(page: Page, rule: Rule): Promise<void> {
  for (const { ruleId } of defaultRules) if (ruleId !== rule.ruleId) await call(page, 'rules.delete', { ruleId })
  await call(page, 'rules.save', rule)
}

/** More than any limit of the rules above, in a queue that is nearly empty otherwise. */
export async function flood(simulator: RunningSimulator): Promise<void> {
  await simulator.control('POST', '/trouble', { kind: 'flood', queue: 'mails', jobs: 9000 })
}

/** The workers go on, and a quarter of an hour passes in which they empty every queue. */
export async function drain(simulator: RunningSimulator): Promise<void> {
  await simulator.control('DELETE', '/trouble')
  await simulator.control('POST', '/clock', { stepMs: 20 * 60_000 })
}

/** Waits until the queue was asked for its depth so often from now on. */
export async function swept(simulator: RunningSimulator, times: number): Promise<void> {
  await simulator.control('DELETE', '/requests')
  const asked = async (): Promise<number> => {
    const { counts } = (await simulator.control('GET', '/requests')) as { counts: { path: string; count: number }[] }
    return counts.filter(({ path }) => path === '/v1/health/queue/mails').reduce((sum, { count }) => sum + count, 0)
  }
  // One more than asked for: the answer to the last one may still be on its way.
  await expect.poll(asked, { timeout: 30_000 + times * 4_000 }).toBeGreaterThan(times)
}

export const alertsLink = (page: Page): Locator => page.getByRole('navigation').getByRole('link', { name: 'Alerts' })

/** The row of the flooded queue in a list of the Alerts page. */
export const floodRow = (page: Page, list: string): Locator =>
  page.getByRole('list', { name: list, exact: true }).getByRole('button', { name: /mails/ })

/** Since when a row says that it is so, to the millisecond. */
export async function sinceMs(row: Locator): Promise<number> {
  return Date.parse((await row.locator('time').getAttribute('datetime')) ?? '')
}

export const windowTitle = ({ app }: Desk): Promise<string | undefined> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())

/** The app ends the hard way, in the middle of whatever it does. */
export async function kill({ app }: Desk): Promise<void> {
  const ended = once(app.process(), 'exit')
  app.process().kill('SIGKILL')
  await ended
}
