import { existsSync } from 'node:fs';
import { defineConfig, devices } from 'playwright/test';

const system = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== undefined && path !== '' && existsSync(path));
// Chromium's sandbox refuses root, and small containers have a tiny /dev/shm.
const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'];

export default defineConfig({
  testMatch: [
    'storefront/browser/**/*.browser.ts',
    'cms/browser/**/*.browser.ts',
    'infra/browser/**/*.browser.ts',
  ],
  testIgnore: ['**/node_modules/**'],
  outputDir: 'test-results',
  globalSetup: './infra/harness/global-postgres.ts',
  fullyParallel: false,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: process.env['COMPTOIR_REPORT']
    ? [['line'], ['json', { outputFile: process.env['COMPTOIR_REPORT'] }]]
    : 'line',
  use: {
    ...devices['Desktop Chrome'],
    locale: 'fr-FR',
    screenshot: 'only-on-failure',
    launchOptions: { args, ...(system ? { executablePath: system } : {}) },
  },
});
