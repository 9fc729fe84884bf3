/* eslint-disable @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- that these fail is what is proved here */
import { expect, test, type Desk } from '../support/desk.ts'

/** The page's policy word for word; only the nonce differs from load to load. */
const expected =
  "default-src 'none'; script-src 'self'; style-src-elem 'self' 'nonce-NONCE'; style-src-attr 'none'; " +
  "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types svelte-trusted-html"

async function load({ page }: Desk): Promise<{ readonly policy: string; readonly nonce: string }> {
  const reply = await page.reload()
  expect(reply?.url()).toMatch(/^app:\/\/bundle\/index\.html/)
  const policy = (await reply?.headerValue('content-security-policy')) ?? ''
  const nonce = await page.locator('meta[property=csp-nonce]').evaluate((meta: HTMLMetaElement) => meta.nonce)
  return { policy: policy.replaceAll(nonce === '' ? 'no nonce' : nonce, 'NONCE'), nonce }
}

test('each load has the strict policy with a nonce of its own', async ({ launch }) => {
  const desk = await launch()
  const loads = [await load(desk), await load(desk)]
  expect(loads.map(({ policy }) => policy)).toEqual([expected, expected])
  for (const { nonce } of loads) expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
  expect(new Set(loads.map(({ nonce }) => nonce)).size).toBe(2)
})

test('the policy stops what a foothold in the page would try', async ({ launch }) => {
  const desk = await launch()
  const { page } = desk
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const seen = await page.evaluate(async () => {
    // While a test's evaluation is on the stack, eval is let through: the first turn must be over.
    await new Promise((resolve) => setTimeout(resolve, 0))
    const { trustedTypes } = window as unknown as {
      trustedTypes: { createPolicy(name: string, rules: object): unknown }
    }
    const violated: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violated.push(effectiveDirective))
    const thrownBy = (act: () => unknown): string => {
      try {
        act()
        return 'nothing'
      } catch (error) {
        return error instanceof Error ? error.name : String(error)
      }
    }
    const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100))
    const stopped: Record<string, unknown> = {}
    const attempt = async (name: string, act: () => unknown): Promise<void> => {
      violated.length = 0
      const result = await act()
      await settled()
      stopped[name] = [result, ...new Set(violated)]
    }
    const has = (name: string): boolean => name in window
    const append = (tag: string, fill: (element: HTMLElement) => void): HTMLElement => {
      const element = document.createElement(tag)
      fill(element)
      document.body.append(element)
      return element
    }

    await attempt('new Function', () => thrownBy(() => new Function('window.ran = 1')()))
    await attempt('eval', () => thrownBy(() => (0, eval)('window.ran = 1')))
    await attempt('timer of text', () => thrownBy(() => setTimeout('window.ran = 1')))
    await attempt('innerHTML', () => thrownBy(() => (document.createElement('div').innerHTML = '<b>')))
    await attempt('policy', () => thrownBy(() => trustedTypes.createPolicy('another', {})))
    await attempt('second policy', () => thrownBy(() => trustedTypes.createPolicy('svelte-trusted-html', {})))
    await attempt('worker', () => thrownBy(() => new Worker('data:text/javascript,1')))
    await attempt('fetch', () => fetch('https://example.com').then(() => 'answered', String))
    await attempt('fetch of the bundle', () => fetch('app://bundle/index.html').then(() => 'answered', String))
    await attempt('beacon', () => void navigator.sendBeacon('https://example.com', 'x'))
    await attempt('socket', () => {
      const socket = new WebSocket('wss://example.com')
      return new Promise((resolve) => {
        socket.onopen = () => resolve('open')
        socket.onerror = () => resolve('error')
      })
    })
    await attempt('inline script', () => {
      thrownBy(() => append('script', (script) => (script.textContent = 'window.ran = 1')))
      return has('ran')
    })
    await attempt('inline handler', () => {
      thrownBy(() => append('button', (button) => button.setAttribute('onclick', 'window.ran = 1')).click())
      return has('ran')
    })
    await attempt('style attribute', () => {
      const box = append('div', (element) => element.setAttribute('style', 'width: 17px'))
      return getComputedStyle(box).width === '17px'
    })
    await attempt('style element', () => {
      append('style', (style) => (style.textContent = 'html { outline-width: 17px }'))
      return getComputedStyle(document.documentElement).outlineWidth === '17px'
    })
    await attempt('image', () => void append('img', (image) => image.setAttribute('src', 'https://example.com/x.png')))
    await attempt('frame', () => void append('iframe', (frame) => frame.setAttribute('src', 'app://bundle/index.html')))
    await attempt('base', () => {
      const base = document.createElement('base')
      base.href = 'https://example.com'
      document.head.append(base)
      return document.baseURI.startsWith('app://bundle/')
    })
    await attempt('form', () => {
      const form = append('form', (element) => element.setAttribute('action', 'https://example.com'))
      ;(form as HTMLFormElement).submit()
    })
    return stopped
  })
  const refusedScript = 'require-trusted-types-for'
  expect(seen).toEqual({
    'new Function': ['EvalError', refusedScript],
    eval: ['EvalError', refusedScript],
    'timer of text': ['TypeError', refusedScript],
    innerHTML: ['TypeError', refusedScript],
    policy: ['TypeError', 'trusted-types'],
    'second policy': ['TypeError', 'trusted-types'],
    worker: ['TypeError', refusedScript],
    fetch: ['TypeError: Failed to fetch', 'connect-src'],
    'fetch of the bundle': ['TypeError: Failed to fetch', 'connect-src'],
    beacon: [undefined, 'connect-src'],
    socket: ['error', 'connect-src'],
    'inline script': [false, refusedScript],
    'inline handler': [false, refusedScript],
    'style attribute': [false, 'style-src-attr'],
    'style element': [false, 'style-src-elem'],
    image: [undefined, 'img-src'],
    frame: [undefined, 'frame-src'],
    base: [true, 'base-uri'],
    form: [undefined, 'form-action']
  })
  expect(page.url()).toMatch(/^app:\/\/bundle\/index\.html/)
  // Each refusal told on the console; anything else there would be a surprise.
  expect(desk.errors.splice(0).filter((error) => !/Content Security Policy|Trusted|trusted/.test(error))).toEqual([])
})
