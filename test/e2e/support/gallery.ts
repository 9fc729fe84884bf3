import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, projectRoot, type Desk } from './desk.ts'

const folder = join(projectRoot, 'test-results/gallery')
const sizes = [
  [1280, 800],
  [960, 600]
] as const

/** Photographs a face in both themes and both sizes, into `test-results/gallery`. */
export async function shoot({ app, page }: Desk, face: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [width, height] of sizes) {
    await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
      width,
      height
    ] as const)
    for (const theme of ['dark', 'light'] as const) {
      // Playwright answers the page's question for the system's theme itself.
      await page.emulateMedia({ colorScheme: theme })
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await page.waitForTimeout(250)
      await page.screenshot({ path: join(folder, `${face}-${theme}-${width}.png`) })
    }
  }
}

/** A page with all pictures taken so far, one face a row. */
export async function writeIndex(): Promise<void> {
  const pictures = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort()
  const faces = [...new Set(pictures.map((name) => name.replace(/-(dark|light)-\d+\.png$/, '')))]
  const rows = faces.map((face) => {
    const images = pictures.filter((name) => name.startsWith(`${face}-`))
    return `<h2>${face}</h2><div>${images.map((name) => `<a href="${name}"><img src="${name}" alt="${name}"></a>`).join('')}</div>`
  })
  const style =
    'body{font:13px sans-serif;background:#333;color:#eee}div{display:grid;grid-template-columns:repeat(4,1fr);gap:8px}img{width:100%}'
  await writeFile(join(folder, 'index.html'), `<!doctype html><style>${style}</style>${rows.join('\n')}\n`)
}
