import { _electron, type ElectronApplication } from '@playwright/test'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot, switches } from './desk.ts'

export interface RunningBench {
  readonly app: ElectronApplication
  readonly pid: number
  /** `XDG_CONFIG_HOME`. */
  readonly config: string
  stop(): Promise<void>
}

/** Bundles tray, badge, closing and start at login with a main process of its own and starts that on real Electron. */
export async function startTrayBench(): Promise<RunningBench> {
  const folder = await mkdtemp(join(tmpdir(), 'standby-tray-'))
  const { build } = await import('vite')
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: 'test/e2e/support/tray-app.ts',
      target: 'node20.18',
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { external: ['electron'], output: { format: 'es', entryFileNames: 'main.js' } }
    }
  })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'tray-bench', type: 'module', main: 'main.js' }))
  const config = join(folder, 'config')
  const app = await _electron.launch({
    executablePath: process.env.STANDBY_ELECTRON ?? '',
    args: [...switches(), folder, `--user-data-dir=${join(folder, 'data')}`],
    chromiumSandbox: process.env.STANDBY_NO_SANDBOX === undefined,
    env: { ...(process.env as Record<string, string>), XDG_CONFIG_HOME: config }
  })
  await app.firstWindow()
  return {
    app,
    pid: app.process().pid ?? 0,
    config,
    stop: async () => {
      await app.close().catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    }
  }
}
