import { app, nativeTheme, session } from 'electron'
import { join } from 'node:path'
import { rangesMs } from './contract/history.ts'
import { cadenceFor } from './core/cadence.ts'
import { parseCommandLine } from './core/command-line.ts'
import { Capabilities } from './services/capabilities.ts'
import { exportText, importText, maxFileBytes } from './services/connection-file.ts'
import { Connections } from './services/connections.ts'
import { Doctor } from './services/doctor.ts'
import { Fleet } from './services/fleet.ts'
import { queryRows, RingHistory } from './services/history.ts'
import { Poller } from './services/poller.ts'
import { Queues } from './services/queues.ts'
import { Scheduler } from './services/scheduler.ts'
import { SettingsService } from './services/settings.ts'
import { registerScheme, serveBundle } from './shell/bundle.ts'
import { systemClock as clock } from './shell/clock.ts'
import { Demo } from './shell/demo.ts'
import { fileDialogs } from './shell/file-dialogs.ts'
import { openLog } from './shell/log-file.ts'
import { systemNetwork as network } from './shell/network.ts'
import { pageOrigin, pageUrl } from './shell/page.ts'
import { startReport } from './shell/report.ts'
import { secureContents, secureSession } from './shell/security.ts'
import { serveBridge } from './shell/serve.ts'
import { openFolder } from './shell/links.ts'
import { openSettings } from './shell/settings-store.ts'
import { openVault } from './shell/vault.ts'
import { bringForward, openWindow } from './shell/window.ts'

const built = import.meta.dirname
const line = parseCommandLine(process.argv.slice(1))
if (line.userDataFolder !== null) app.setPath('userData', line.userDataFolder)
app.enableSandbox()
registerScheme()
app.on('window-all-closed', () => app.quit())
// Two apps on one profile would overwrite each other's files. Not awaited: Electron becomes ready only after this module
// was evaluated.
if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.quit()

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
  const poller = new Poller({
    connections,
    history,
    scheduler,
    network,
    clock,
    random,
    cadence,
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    log
  })
  const settings = new SettingsService(store)
  const fleet = new Fleet({ connections, poller, history, clock })
  const queues = new Queues({ poller, intervalMs: cadence.depthsMs })
  const demo = new Demo({ script: join(built, 'simulator.js'), connections, history, sweepMs: line.sweepMs, log })
  const capabilities = new Capabilities({ poller, clock })
  const dialogs = fileDialogs(() => window)
  const doctor = new Doctor({ connections, dialogs })
  const notices = [settingsNotice, vaultNotice, ...line.complaints].filter((notice) => notice !== null)

  const bridge = serveBridge({
    origin: pageOrigin,
    onDefect: (name, thrown) => log(`defect in ${name}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`),
    calls: {
      'app.describe': () => ({
        version: app.getVersion(),
        electron: process.versions.electron,
        platform: process.platform,
        dataFolder: userData,
        notices
      }),
      'capabilities.check-key': (ref, signal) => capabilities.checkKey(ref, signal),
      'connections.add': (draft) => {
        const { connectionId } = connections.add(draft)
        return fleet.connection(connectionId)
      },
      'connections.edit': (edit) => {
        const { connectionId } = connections.edit(edit)
        return fleet.connection(connectionId)
      },
      'connections.export': async () => {
        const path = await dialogs.save('Export connections', 'standby-connections.json', exportText(connections))
        return path === null ? null : { path }
      },
      'connections.import': async () => {
        const text = await dialogs.open('Connections of Standby', ['json'], maxFileBytes)
        return text === null ? null : importText(connections, text)
      },
      'connections.remove': ({ connectionId }) => {
        connections.remove(connectionId)
        return null
      },
      'connections.reorder': ({ connectionIds }) => {
        connections.reorder(connectionIds)
        return null
      },
      'demo.open': () => demo.open(),
      'demo.switch': (wanted) => demo.switch(wanted),
      'fleet.sweep': ({ serverId }) => {
        poller.lookNow(serverId)
        return null
      },
      'app.show-data-folder': async () => {
        await openFolder(userData)
        return null
      },
      'history.export': () => null,
      'history.query': (args) => queryRows(history, args),
      'history.sizes': () => [],
      'history.uptime': () => [],
      'servers.configure': (change) => connections.configure(change),
      'settings.change': (change) => settings.change(change),
      'trust.certificate': (args) => doctor.trustSeen(args),
      'trust.file': ({ endpoint }) => doctor.trustFile(endpoint),
      'trust.reset': ({ endpoint }) => doctor.reset(endpoint),
      'vault.answer': ({ acceptWeak }) => vault.answer(acceptWeak)
    },
    feeds: {
      'capabilities.watch': (ref) => capabilities.watch(ref),
      'connections.diagnose': (args) => doctor.watch(args),
      'demo.watch': () => demo.watch(),
      'fleet.watch': () => fleet.watch(),
      'queues.watch': (args) => queues.watch(args),
      'settings.watch': () => settings.watch(),
      'vault.watch': () => ({ snapshot: () => vault.view(), subscribe: (push) => vault.onChange(push) })
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
  app.on('second-instance', () => bringForward(window))
  if (line.reportFolder !== null) startReport({ folder: line.reportFolder, window, poller, print: console.log })
  poller.start()
  app.on('will-quit', () => poller.stop())
  const opening = window.loadURL(pageUrl)
  if (line.isDemo) await demo.open()
  await opening
}
