import { app, BrowserWindow } from 'electron'

/** The least that shows a window: what every Electron app pays. */
app.on('window-all-closed', () => app.quit())
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false })
  window.once('ready-to-show', () => window.show())
  return window.loadURL('data:text/html,<title>blank</title><p>blank</p>')
})
