import { defineConfig } from '@playwright/test'
import journeys from './playwright.config.ts'

/** For tests that take the network down: `npm run e2e` runs them in a network namespace. */
export default defineConfig({
  ...journeys,
  testDir: 'e2e/offline',
  testIgnore: [],
  outputDir: '../test-results/e2e-offline',
  // They share one network.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e-offline.json' }]]
})
