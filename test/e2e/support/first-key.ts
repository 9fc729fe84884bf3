import { _electron } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot, switches } from './desk.ts'

/**
 * Has the session's keyring hold the app's own key before the tests begin. The first app that asks for it has it made, and
 * two that ask at once have one each: what is encrypted with the one that lost cannot be read after a restart. People
 * cannot start two at once; the workers of the tests do.
 */
export default async function makeFirstKey(): Promise<void> {
  const { STANDBY_ELECTRON, STANDBY_PASSWORD_STORE } = process.env
  if (STANDBY_ELECTRON === undefined || STANDBY_PASSWORD_STORE === undefined) return
  const folder = await mkdtemp(join(tmpdir(), 'standby-first-key-'))
  const app = await _electron.launch({
    executablePath: STANDBY_ELECTRON,
    args: [...switches(), '.', `--user-data-dir=${folder}`],
    cwd: projectRoot,
    chromiumSandbox: process.env.STANDBY_NO_SANDBOX === undefined
  })
  // Its alerts are kept encrypted from the start on.
  await app.firstWindow()
  await app.close()
  await rm(folder, { recursive: true, force: true })
}
