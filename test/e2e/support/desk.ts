import { _electron, test as base, expect, type ElectronApplication, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startSimulator, type RunningSimulator } from './simulator.ts'

export const projectRoot = resolve(import.meta.dirname, '../../..')

export interface Desk {
  readonly app: ElectronApplication
  readonly page: Page
  readonly userData: string
  /** Errors on the console and uncaught ones in the page, policy violations included. A test ends with none. */
  readonly errors: string[]
  /** All the page's console ever said. */
  readonly said: string[]
}

export interface DeskOptions {
  readonly args?: readonly string[]
  readonly userData?: string
  readonly env?: Readonly<Record<string, string>>
  /** What to start instead of the runtime itself: a script that prepares something and starts it. */
  readonly executable?: string
  /** Electron's `--password-store`, instead of the session's. */
  readonly passwordStore?: string
  /** Seconds between sweeps, instead of the intervals of the settings; `null` leaves those be. Two unless told. */
  readonly sweepEvery?: number | null
}

interface Fixtures {
  readonly launch: (options?: DeskOptions) => Promise<Desk>
  readonly simulate: (port?: number, seed?: number, version?: string) => Promise<RunningSimulator>
}

/** What the session that the tests run in asks of Electron; `npm run e2e` sets the variables. */
export function switches(passwordStore = process.env.STANDBY_PASSWORD_STORE): string[] {
  const { STANDBY_NO_SANDBOX, STANDBY_SESSION } = process.env
  return [
    ...(passwordStore === undefined ? [] : [`--password-store=${passwordStore}`]),
    ...(STANDBY_NO_SANDBOX === undefined ? [] : ['--no-sandbox']),
    ...(STANDBY_SESSION === undefined ? [] : ['--disable-gpu'])
  ]
}

export const test = base.extend<Fixtures>({
  launch: async ({}, use) => {
    const desks: Desk[] = []
    const folders: string[] = []
    await use(async ({ args = [], userData, env = {}, executable, passwordStore, sweepEvery = 2 } = {}) => {
      const folder = userData ?? (await mkdtemp(join(tmpdir(), 'standby-e2e-')))
      folders.push(folder)
      const runtime = process.env.STANDBY_ELECTRON
      if (runtime === undefined) throw new Error('run these with npm run e2e: it finds the runtime')
      const pace = sweepEvery === null ? [] : [`--sweep-every=${sweepEvery}`]
      const app = await _electron.launch({
        executablePath: executable ?? runtime,
        args: [...switches(passwordStore), '.', `--user-data-dir=${folder}`, ...pace, ...args],
        cwd: projectRoot,
        // Playwright switches the sandbox off unless told otherwise.
        chromiumSandbox: process.env.STANDBY_NO_SANDBOX === undefined,
        env: { ...(process.env as Record<string, string>), ...env }
      })
      const page = await app.firstWindow()
      const desk: Desk = { app, page, userData: folder, errors: [], said: [] }
      page.on('console', (message) => {
        desk.said.push(message.text())
        if (message.type() === 'error') desk.errors.push(message.text())
      })
      page.on('pageerror', (error) => desk.errors.push(String(error)))
      desks.push(desk)
      return desk
    })
    for (const desk of desks) await desk.app.close().catch(() => undefined)
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
    expect(desks.flatMap((desk) => desk.errors)).toEqual([])
  },
  simulate: async ({}, use) => {
    const running: RunningSimulator[] = []
    await use(async (port, seed, version) => {
      const simulator = await startSimulator(port, seed, version)
      running.push(simulator)
      return simulator
    })
    for (const simulator of running) await simulator.kill()
  }
})

export { expect } from '@playwright/test'

export interface Typed {
  readonly name: string
  readonly endpoint: string
  readonly projectId: string
  readonly apiKey: string
  readonly environment?: 'Production' | 'Staging' | 'Development'
}

/** Fills the dialog as a user would and saves. */
export async function addConnection(page: Page, typed: Typed): Promise<void> {
  await page.getByRole('button', { name: 'Add a connection' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add a connection' })
  await dialog.getByLabel('Name', { exact: true }).fill(typed.name)
  await dialog.getByLabel('Endpoint', { exact: true }).fill(typed.endpoint)
  await dialog.getByLabel('Project ID', { exact: true }).fill(typed.projectId)
  await dialog.getByLabel('API key', { exact: true }).fill(typed.apiKey)
  if (typed.environment !== undefined) await dialog.getByRole('radio', { name: typed.environment }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
}

/** The same, and waits until the dialog is gone. */
export async function addedConnection(page: Page, typed: Typed): Promise<void> {
  await addConnection(page, typed)
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

export async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible()
}
