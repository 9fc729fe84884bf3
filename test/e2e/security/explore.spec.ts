import { createServer } from 'node:net'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { test } from '../support/desk.ts'

test('explore', async ({ launch }) => {
  const desk = await launch()
  const { app, page } = desk
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  const prefs = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getLastWebPreferences?.()
  )
  console.log('PREFS', JSON.stringify(prefs))
  const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId())
  console.log(
    readFileSync(`/proc/${pid}/status`, 'utf8')
      .split('\n')
      .filter((l) => /NSpid|Seccomp|NoNew/.test(l))
      .join('|')
  )
  const reload = await page.reload()
  console.log('RELOAD', reload?.url(), JSON.stringify(await reload?.allHeaders()))
  console.log(
    'META',
    await page.evaluate(() => (document.querySelector('meta[property=csp-nonce]') as HTMLMetaElement | null)?.nonce)
  )
  const pageGlobals = await page.evaluate(() => Object.getOwnPropertyNames(window))
  for (const url of ['about:blank', 'app://bundle/none', 'data:text/html,<b>x']) {
    const names = await app.evaluate(async ({ BrowserWindow }, url) => {
      const w = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
      const loaded = await w.loadURL(url).then(
        () => 'loaded',
        (e: unknown) => String(e)
      )
      const names = (await w.webContents.executeJavaScript('Object.getOwnPropertyNames(window)')) as string[]
      w.destroy()
      return { loaded, names }
    }, url)
    console.log(
      url,
      names.loaded,
      'extra',
      pageGlobals.filter((n) => !names.names.includes(n)),
      'missing',
      names.names.filter((n) => !pageGlobals.includes(n))
    )
  }
  console.log(
    'STANDBY',
    await page.evaluate(() =>
      JSON.stringify([
        Object.getOwnPropertyNames(window.standby),
        Object.isFrozen(window.standby),
        Object.getPrototypeOf(window.standby) === Object.prototype,
        JSON.stringify(Object.getOwnPropertyDescriptor(window, 'standby'))
      ])
    )
  )
  console.log(
    'PERM',
    await page.evaluate(async () => {
      const out: Record<string, unknown> = { n: Notification.permission }
      for (const name of [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'clipboard-read',
        'clipboard-write',
        'midi',
        'persistent-storage',
        'background-sync',
        'accelerometer',
        'screen-wake-lock',
        'storage-access',
        'window-management',
        'local-fonts',
        'idle-detection',
        'payment-handler',
        'display-capture',
        'push'
      ])
        out[name] = await navigator.permissions.query({ name: name as PermissionName }).then(
          (s) => s.state,
          (e: unknown) => String(e)
        )
      out.geo = await new Promise((r) =>
        navigator.geolocation.getCurrentPosition(
          () => r('got'),
          (e) => r(`${e.code} ${e.message}`)
        )
      )
      out.media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'got', String)
      out.display = await navigator.mediaDevices.getDisplayMedia().then(() => 'got', String)
      out.read = await navigator.clipboard.readText().then(() => 'got', String)
      out.write = await navigator.clipboard.writeText('x').then(() => 'wrote', String)
      out.midi = await navigator.requestMIDIAccess({ sysex: true }).then(() => 'got', String)
      out.persist = await navigator.storage.persist()
      out.ask = await Notification.requestPermission()
      return JSON.stringify(out)
    })
  )
  // network
  let tcp = 0
  let udp = 0
  const server = createServer((s) => {
    tcp++
    s.destroy()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = (server.address() as AddressInfo).port
  const socket = createSocket('udp4')
  socket.on('message', () => udp++)
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const uport = socket.address().port
  const script = `(async () => {
    const out = {}
    const u = 'http://127.0.0.1:${port}'
    const pc = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${uport}' }, { urls: 'turn:127.0.0.1:${port}?transport=tcp', username: 'a', credential: 'b' }] })
    pc.createDataChannel('x')
    const c = []
    pc.onicecandidate = (e) => c.push(e.candidate && e.candidate.candidate)
    await pc.setLocalDescription(await pc.createOffer())
    for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'preload', 'prerender']) { const l = document.createElement('link'); l.rel = rel; l.as='script'; l.href = rel === 'dns-prefetch' ? 'http://secretdns.example.com' : u + '/' + rel; document.head.append(l) }
    await new Promise((r) => setTimeout(r, 3000))
    return JSON.stringify(c)
  })()`
  const log = `${desk.userData}/net.json`
  await app.evaluate(
    ({ session }, log) => session.defaultSession.netLog.startLogging(log, { captureMode: 'everything' }),
    log
  )
  console.log('PAGE', await page.evaluate(script), tcp, udp)
  await app.evaluate(({ session }) => session.defaultSession.netLog.stopLogging())
  const text = readFileSync(log, 'utf8')
  console.log(
    'NETLOG',
    text.length,
    text.includes('secretdns'),
    text
      .split('\n')
      .filter((l) => l.includes('secretdns'))
      .slice(0, 5)
  )
  tcp = udp = 0
  console.log(
    'BLANK',
    await app.evaluate(async ({ BrowserWindow }, script) => {
      const w = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
      await w.loadURL('about:blank')
      return w.webContents.executeJavaScript(script)
    }, script),
    tcp,
    udp
  )
  server.close()
  socket.close()
  console.log('ERRORS', desk.errors.splice(0))
  console.log(readFileSync(`${desk.userData}/logs/standby.log`, 'utf8'))
})
