import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  // Pictures are to look at, not promises to keep: only `npm run e2e -- gallery` takes them. The offline tests need a
  // network of their own, and have a configuration of their own.
  testIgnore: ['**/offline/**', ...(process.env.STANDBY_GALLERY === undefined ? ['**/gallery.spec.ts'] : [])],
  outputDir: '../test-results/e2e',
  globalSetup: './e2e/support/first-key.ts',
  // Each test starts an app of its own; two at a time keep two cores busy.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]]
})
