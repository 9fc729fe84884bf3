import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '../support/desk.ts'
import { inOtherWindow, logOf } from './other-window.ts'

/** Two real ears on the loopback: whatever reaches them has left the app. */
async function listen(): Promise<{ tcp: number; udp: number; heard: string[]; close: () => void }> {
  const heard: string[] = []
  const server = createServer((socket) => {
    heard.push('a connection')
    socket.on('error', () => undefined).destroy()
  }).listen(0, '127.0.0.1')
  const socket = createSocket('udp4', (message) => heard.push(`a packet of ${message.length} bytes`))
  socket.bind(0, '127.0.0.1')
  await Promise.all([once(server, 'listening'), once(socket, 'listening')])
  const close = (): void => {
    server.close()
    socket.close()
  }
  return { tcp: (server.address() as AddressInfo).port, udp: socket.address().port, heard, close }
}

/** Every way out of a page that Chromium has, all at once, and two seconds for them. */
function everyWayOut(tcp: number, udp: number): string {
  return `(async () => {
    const http = 'http://127.0.0.1:${tcp}'
    const named = 'http://way-out.example.com:${tcp}'
    const tried = []
    const attempt = (name, act) => {
      tried.push(name)
      try {
        const result = act()
        if (result instanceof Promise) result.catch(() => undefined)
      } catch {}
    }
    const append = (tag, properties) => {
      const element = Object.assign(document.createElement(tag), properties)
      document.documentElement.append(element)
      return element
    }
    attempt('fetch', () => fetch(http + '/fetch', { mode: 'no-cors' }))
    attempt('keepalive', () => fetch(http + '/keep', { mode: 'no-cors', keepalive: true, method: 'POST', body: 'x' }))
    attempt('xhr', () => { const xhr = new XMLHttpRequest(); xhr.open('GET', http + '/xhr'); xhr.send() })
    attempt('beacon', () => navigator.sendBeacon(http + '/beacon', 'x'))
    attempt('socket', () => new WebSocket('ws://127.0.0.1:${tcp}'))
    attempt('events', () => new EventSource(http + '/events'))
    attempt('transport', () => new WebTransport('https://127.0.0.1:${udp}').ready)
    attempt('image', () => append('img', { src: http + '/image' }))
    attempt('script', () => append('script', { src: http + '/script' }))
    attempt('style', () => append('link', { rel: 'stylesheet', href: http + '/style' }))
    attempt('frame', () => append('iframe', { src: http + '/frame' }))
    attempt('video', () => append('video', { src: http + '/video', preload: 'auto' }))
    attempt('font', () => new FontFace('x', 'url(' + http + '/font)').load())
    for (const rel of ['preconnect', 'prefetch', 'preload', 'modulepreload', 'prerender', 'icon', 'manifest', 'dns-prefetch'])
      for (const href of [http, named]) attempt(rel, () => append('link', { rel, as: 'script', href: href + '/' + rel }))
    attempt('rules', () => append('script', { type: 'speculationrules',
      textContent: JSON.stringify({ prefetch: [{ source: 'list', urls: [http + '/rules', named + '/rules'] }] }) }))
    attempt('ping', () => { const link = append('a', { href: '#here', ping: http + '/ping' }); link.click() })
    attempt('form', () => append('form', { action: http + '/form', method: 'post' }).submit())
    attempt('rtc', () => {
      const iceServers = [
        { urls: 'stun:127.0.0.1:${udp}' },
        { urls: 'stun:way-out.example.com:${udp}' },
        { urls: ['turn:127.0.0.1:${udp}', 'turn:127.0.0.1:${tcp}?transport=tcp'], username: 'a', credential: 'b' }
      ]
      const connection = new RTCPeerConnection({ iceServers })
      connection.createDataChannel('x')
      return connection.createOffer().then((offer) => connection.setLocalDescription(offer))
    })
    await new Promise((resolve) => setTimeout(resolve, 2000))
    return tried.length
  })()`
}

test('nothing leaves a page, whatever it tries', async ({ launch }) => {
  const desk = await launch()
  const { app, page } = desk
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const ears = await listen()
  // What Chromium's network service does, name lookups included: no ear of ours hears those.
  const netLog = join(desk.userData, 'net-log.json')
  await app.evaluate(({ session }, path) => session.defaultSession.netLog.startLogging(path), netLog)
  const script = everyWayOut(ears.tcp, ears.udp)

  // The page under its policy, a page of ours without one, and a blank one: where the policy does not reach, request
  // blocking and the process' own walls must do.
  await test.step('from our page', async () => {
    expect(await page.evaluate<number>(script)).toBeGreaterThan(30)
    expect.soft(ears.heard).toEqual([])
    // The policy's refusals, said on the console.
    desk.errors.splice(0)
  })
  await test.step('from windows without a policy', async () => {
    const blank = ['app://bundle/nowhere', 'about:blank']
    await Promise.all(blank.map((url) => inOtherWindow(app, { url, script })))
    expect.soft(ears.heard).toEqual([])
    const refused = (await logOf(desk)).filter(
      (line) => line === `refused a request of the page to http://127.0.0.1:${ears.tcp}`
    )
    expect(refused.length).toBeGreaterThan(15)
  })
  ears.close()

  await test.step('no name was looked up, no socket opened', async () => {
    await app.evaluate(({ session }) => session.defaultSession.netLog.stopLogging())
    const { constants, events } = JSON.parse(await readFile(netLog, 'utf8')) as {
      constants: { logEventTypes: Record<string, number> }
      events: { type: number; params?: unknown }[]
    }
    const lookingUp = [
      'HOST_RESOLVER_MANAGER_JOB',
      'HOST_RESOLVER_SYSTEM_TASK',
      'HOST_RESOLVER_DNS_TASK',
      'DNS_TRANSACTION'
    ]
    const connecting = ['TCP_CONNECT_ATTEMPT', 'UDP_BYTES_SENT']
    const types = [...lookingUp, ...connecting].map((name) => [name, constants.logEventTypes[name]] as const)
    expect(types.filter(([, type]) => type === undefined)).toEqual([])
    const found = types.flatMap(([name, type]) =>
      events.filter((event) => event.type === type).map(({ params }) => [name, params])
    )
    expect(events.length).toBeGreaterThan(20)
    expect(found).toEqual([])
  })
})
