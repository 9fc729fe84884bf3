import { app, nativeTheme, session } from 'electron'
import { join } from 'node:path'
import { cadenceFor } from './core/cadence.ts'
import { parseCommandLine } from './core/command-line.ts'
import { blindWhy } from './core/watchdog.ts'
import { Capabilities } from './services/capabilities.ts'
import { exportText, importText, maxFileBytes } from './services/connection-file.ts'
import { Alerts } from './services/alerts/alerts.ts'
import { alertHandlers, Asked } from './services/alerts/handlers.ts'
import { polledSource } from './services/alerts/source.ts'
import { AlertStore } from './services/alerts/store.ts'
import { Connections } from './services/connections.ts'
import { Doctor } from './services/doctor.ts'
import { Fleet } from './services/fleet.ts'
import { createEngine } from './services/engine.ts'
import { History } from './services/history/history.ts'
import { historyKey } from './services/history/key.ts'
import { keepAwake } from './services/keep-awake.ts'
import { chosenPace, steadyPace } from './services/pace.ts'
import { Queues } from './services/queues.ts'
import { SettingsService } from './services/settings.ts'
import { Watch } from './services/watch.ts'
import { webhookHandlers } from './services/webhooks/handlers.ts'
import { Webhooks } from './services/webhooks/webhooks.ts'
import { registerScheme, serveBundle } from './shell/bundle.ts'
import { systemClock as clock } from './services/system-clock.ts'
import { openBadge } from './shell/badge.ts'
import { closeToTray } from './shell/close-to-tray.ts'
import { Demo } from './shell/demo.ts'
import { fileDialogs } from './shell/file-dialogs.ts'
import { openLog } from './shell/log-file.ts'
import { followLoginSetting } from './shell/login-item.ts'
import { systemNotifier } from './shell/notifier/notifier.ts'
import { shownMemory } from './shell/notifier/shown-memory.ts'
import { systemNetwork as network } from './shell/network.ts'
import { pageOrigin, pageUrl } from './shell/page.ts'
import { openPoster } from './shell/poster.ts'
import { systemPower } from './shell/power.ts'
import { startReport } from './shell/report.ts'
import { secureContents, secureSession } from './shell/security.ts'
import { serveBridge } from './shell/serve.ts'
import { openFolder, openPage } from './shell/links.ts'
import { openSettings } from './shell/settings-store.ts'
import { openVault } from './shell/vault.ts'
import { followAlerts } from './shell/tray/follow-alerts.ts'
import { trayHost } from './shell/tray/host.ts'
import { openTray } from './shell/tray/tray.ts'
import { openWatchdog } from './shell/watchdog/open.ts'
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
  const settings = new SettingsService(store)
  const pace = line.sweepMs === null ? chosenPace(settings) : steadyPace(cadenceFor(line.sweepMs))
  const power = systemPower()
  const folder = join(userData, 'history')
  const isKept = (serverId: string): boolean =>
    connections.servers().some((server) => server.serverId === serverId && !server.isDemo)
  const history = new History({
    folder,
    key: () => historyKey(vault, folder),
    isKept,
    retention: () => settings.current().retention,
    now: () => clock.now(),
    log
  })
  vault.onChange(() => history.settle())
  const resolveProxy = (url: string): Promise<string> => session.defaultSession.resolveProxy(url)
  const random = Math.random
  const engine = createEngine({ connections, history, network, power, clock, random, pace, resolveProxy, log })
  const { poller } = engine
  const fleet = new Fleet({ connections, poller, clock })
  const sweepMs = (): number => pace.current().depthsMs
  const queues = new Queues({ poller, intervalMs: sweepMs })
  const demo = new Demo({ script: join(built, 'simulator.js'), connections, history, sweepMs, log })
  const capabilities = new Capabilities({ poller, clock })
  const dialogs = fileDialogs(() => window)
  const doctor = new Doctor({ connections, dialogs })
  const canStartAtLogin = followLoginSetting({ settings, log })
  const tray = openTray(trayHost(log))
  const { notifier, stop: stopNotifier } = systemNotifier(clock, shownMemory(join(userData, 'alerts', 'shown.json')))
  const asked = new Asked()
  const alertStore = new AlertStore({ folder: join(userData, 'alerts'), key: historyKey(vault, folder), log })
  const poster = openPoster({ resolveProxy })
  const version = app.getVersion()
  const webhooks = new Webhooks({ store: alertStore.webhooks, vault, poster, network, clock, random, version, log })
  const alerts = new Alerts({
    connections,
    source: polledSource({ poller, history, clock }),
    mark: (serverId, mark) => history.mark(serverId, mark),
    isKept,
    store: alertStore,
    notifier,
    sound: () => settings.current().sound,
    webhooks,
    clock,
    log,
    onOpen: (alertId) => {
      if (alertId !== null) asked.ask({ kind: 'alert', alertId })
      bringForward(window)
    }
  })
  const alerting = alertHandlers({ alerts, asked, dialogs, openPage, poller, history, clock })
  const watch = new Watch({
    poller,
    store: alertStore,
    noticeWaitingSinceMs: () => alerts.noticeWaitingSinceMs(),
    notifier,
    tray,
    settings: () => settings.current(),
    clock,
    log,
    onUnwatched: (span) => webhooks.tell({ kind: 'not-watching', ...span, why: 'its machine had no network' })
  })
  const hooking = webhookHandlers(webhooks)
  const notices = [settingsNotice, vaultNotice, ...line.complaints].filter((notice) => notice !== null)

  const bridge = serveBridge({
    origin: pageOrigin,
    onDefect: (name, thrown) => log(`defect in ${name}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`),
    calls: {
      ...alerting.calls,
      ...hooking.calls,
      'app.describe': () => ({
        version,
        electron: process.versions.electron,
        platform: process.platform,
        dataFolder: userData,
        canStartAtLogin,
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
      'history.export': async (args) => {
        const text = [...history.export(args)].join('')
        const path = await dialogs.save('Export history', `standby-history.${args.format}`, text)
        return path === null ? null : { path }
      },
      'history.query': (args) => history.query(args),
      'history.sizes': () => connections.servers().map(({ serverId }) => history.size(serverId)),
      'history.uptime': (args) => history.uptime(args),
      'servers.configure': (change) => connections.configure(change),
      'settings.change': (change) => settings.change(change),
      'trust.certificate': (args) => doctor.trustSeen(args),
      'trust.file': ({ endpoint }) => doctor.trustFile(endpoint),
      'trust.reset': ({ endpoint }) => doctor.reset(endpoint),
      'vault.answer': ({ acceptWeak }) => vault.answer(acceptWeak),
      'watch.pause': (args) => {
        watch.pause(args)
        return null
      },
      'watch.resume': () => {
        watch.resume()
        return null
      }
    },
    feeds: {
      ...alerting.feeds,
      ...hooking.feeds,
      'capabilities.watch': (ref) => capabilities.watch(ref),
      'connections.diagnose': (args) => doctor.watch(args),
      'demo.watch': () => demo.watch(),
      'fleet.watch': () => fleet.watch(),
      'queues.watch': (args) => queues.watch(args),
      'settings.watch': () => settings.watch(),
      'vault.watch': () => ({ snapshot: () => vault.view(), subscribe: (push) => vault.onChange(push) }),
      'watch.watch': () => watch.watch()
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
  app.on('activate', () => bringForward(window))
  followAlerts({
    alerts,
    watch,
    poller,
    settings,
    tray,
    asked,
    badge: openBadge(window),
    clock,
    log,
    open: () => bringForward(window)
  })
  closeToTray({ window, tray, settings })
  if (line.reportFolder !== null) startReport({ folder: line.reportFolder, window, poller, print: console.log })
  engine.start()
  alerts.start()
  watch.start()
  const watchdog = openWatchdog({
    userData,
    connections,
    clock,
    log,
    onBlind: (blinds) => {
      for (const { fromMs, toMs, kind } of blinds)
        webhooks.tell({ kind: 'not-watching', fromMs, toMs, why: blindWhy[kind] })
    }
  })
  const letSleep = keepAwake({ power, settings, connections })
  app.on('will-quit', () => {
    letSleep()
    watch.stop()
    alerts.stop()
    stopNotifier()
    engine.stop()
    watchdog.stop()
  })
  const opening = window.loadURL(pageUrl)
  if (line.isDemo) await demo.open()
  await opening
}
