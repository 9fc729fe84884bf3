import { app, nativeTheme, session } from 'electron'
import { join } from 'node:path'
import { rangesMs } from './contract/queues.ts'
import { cadenceFor } from './core/cadence.ts'
import { parseCommandLine } from './core/command-line.ts'
import { Connections } from './services/connections.ts'
import { Fleet } from './services/fleet.ts'
import { RingHistory } from './services/history.ts'
import { Poller } from './services/poller.ts'
import { Queues } from './services/queues.ts'
import { Scheduler } from './services/scheduler.ts'
import { SettingsService } from './services/settings.ts'
import { registerScheme, serveBundle } from './shell/bundle.ts'
import { systemClock as clock } from './shell/clock.ts'
import { Demo } from './shell/demo.ts'
import { openLog } from './shell/log-file.ts'
import { pageOrigin, pageUrl } from './shell/page.ts'
import { startReport } from './shell/report.ts'
import { secureContents, secureSession } from './shell/security.ts'
import { serveBridge } from './shell/serve.ts'
import { openSettings } from './shell/settings-store.ts'
import { openVault } from './shell/vault.ts'
import { openWindow } from './shell/window.ts'

const built = import.meta.dirname
const line = parseCommandLine(process.argv.slice(1))
if (line.userDataFolder !== null) app.setPath('userData', line.userDataFolder)
app.enableSandbox()
registerScheme()
app.on('window-all-closed', () => app.quit())
// Not awaited: Electron becomes ready only after this module was evaluated.
void app.whenReady().then(start)

async function start(): Promise<void> {
  const userData = app.getPath('userData')
  const { store, notice: settingsNotice } = openSettings(userData, clock.now())
  const { vault, notice: vaultNotice } = openVault(join(userData, 'keys.json'))
  const connections = new Connections({ store, vault })
  const log = openLog(join(userData, 'logs'), () => connections.secrets())
  const history = new RingHistory(Math.ceil((rangesMs['1 h'] * 1.2) / line.sweepMs))
  const random = Math.random
  const scheduler = new Scheduler({
    clock,
    random,
    limit: 16,
    onDefect: (task, thrown) => log(`defect in ${task.name}: ${String(thrown)}`)
  })
  const cadence = cadenceFor(line.sweepMs)
  const poller = new Poller({ connections, history, scheduler, clock, random, cadence, log })
  const settings = new SettingsService(store)
  const fleet = new Fleet({ poller, history, clock })
  const queues = new Queues({ poller, history, clock, intervalMs: cadence.depthsMs })
  const demo = new Demo({ script: join(built, 'simulator.js'), connections, history, sweepMs: line.sweepMs, log })
  const notices = [settingsNotice, vaultNotice, ...line.complaints].filter((notice) => notice !== null)

  const bridge = serveBridge({
    origin: pageOrigin,
    onDefect: (name, thrown) => log(`defect in ${name}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`),
    calls: {
      'app.describe': () => ({
        version: app.getVersion(),
        electron: process.versions.electron,
        platform: process.platform,
        vault: vault.kind,
        notices
      }),
      'app.open-demo': () => demo.open(),
      'connections.add': (draft) => {
        const { connectionId } = connections.add(draft)
        return fleet.connection(connectionId)
      },
      'connections.remove': ({ connectionId }) => {
        connections.remove(connectionId)
        return null
      },
      'fleet.sweep': ({ serverId }) => {
        poller.lookNow(serverId)
        return null
      },
      'settings.change': (change) => settings.change(change)
    },
    feeds: {
      'fleet.watch': () => fleet.watch(),
      'queues.watch': (args) => queues.watch(args),
      'settings.watch': () => settings.watch()
    }
  })

  nativeTheme.themeSource = settings.current().theme
  settings.onChange(({ theme }) => (nativeTheme.themeSource = theme))
  secureContents(app, log)
  secureSession(session.defaultSession, log)
  serveBundle(session.defaultSession, join(built, '../renderer'))
  const window = openWindow({
    preload: join(built, '../preload/preload.cjs'),
    bounds: store.bounds(),
    onBounds: (bounds) => store.writeBounds(bounds)
  })
  bridge.admit(window.webContents)
  if (line.reportFolder !== null) startReport({ folder: line.reportFolder, window, poller, print: console.log })
  poller.start()
  app.on('will-quit', () => poller.stop())
  const opening = window.loadURL(pageUrl)
  if (line.isDemo) await demo.open()
  await opening
}
