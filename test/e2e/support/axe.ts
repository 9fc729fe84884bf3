import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What axe finds wrong in either theme, named by the face it was found on. */
export async function flaws(page: Page, face: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    // The other mode opens a page of its own, which Electron refuses.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    for (const { id, nodes } of violations) {
      found.push(`${face}, ${theme}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join('; ')}`)
    }
  }
  return found
}
