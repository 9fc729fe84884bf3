import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, projectRoot, test } from '../support/desk.ts'
import { logOf } from './other-window.ts'

const notThere = [
  'app://bundle/../../etc/passwd',
  'app://bundle/%2e%2e/%2e%2e/etc/passwd',
  'app://bundle/..%2f..%2f..%2fetc%2fpasswd',
  'app://bundle/assets/..%5c..%5cmain%5cmain.js',
  'app://bundle/%2fetc%2fpasswd',
  'app://bundle//etc/passwd',
  'app://bundle/../main/main.js',
  'app://bundle/../preload/preload.cjs',
  'app://bundle/index.html%00.js',
  'app://bundle/index.html/',
  'app://bundle/INDEX.HTML',
  'app://bundle/__proto__',
  'app://bundle/assets',
  'app://bundle/',
  'app://bundle',
  'app://other/index.html',
  'app://bundle.example.com/index.html',
  'app://localhost/index.html',
  'app:index.html'
]

test('app:// serves the built files and nothing else', async ({ launch }) => {
  const desk = await launch()
  const { app } = desk
  const ask = (requests: readonly { url: string; method: string }[]): Promise<string[]> =>
    app.evaluate(
      ({ session }, list) =>
        Promise.all(
          list.map(async ({ url, method }) => {
            const reply = await session.defaultSession.fetch(url, { method }).catch((error: unknown) => String(error))
            return typeof reply === 'string' ? `${method} ${url} ${reply}` : `${method} ${url} ${reply.status}`
          })
        ),
      requests
    )

  await test.step('paths that lead out, other hosts and odd spellings', async () => {
    const answers = await ask(notThere.map((url) => ({ url, method: 'GET' })))
    expect(answers).toEqual(notThere.map((url) => `GET ${url} 404`))
  })

  await test.step('other methods', async () => {
    const url = 'app://bundle/index.html'
    const methods = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']
    const answers = await ask(methods.map((method) => ({ url, method })))
    expect(answers).toEqual(methods.map((method) => `${method} ${url} 404`))
  })

  await test.step('the built files', async () => {
    const assets = await readdir(join(projectRoot, 'out/renderer/assets'))
    const urls = ['app://bundle/index.html', ...assets.map((name) => `app://bundle/assets/${name}`)]
    expect(urls.length).toBeGreaterThan(3)
    expect(await ask(urls.map((url) => ({ url, method: 'GET' })))).toEqual(urls.map((url) => `GET ${url} 200`))
  })

  await test.step('a file:// address', async () => {
    const loaded = await app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
      try {
        return await window.loadURL('file:///etc/hosts').then(() => 'loaded', String)
      } finally {
        window.destroy()
      }
    })
    expect(loaded).toContain('ERR_BLOCKED_BY_CLIENT')
    expect(await logOf(desk)).toContain('refused a request of the page to file://')
  })
})
