import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

import { runProgram, runTool } from '../run-program.ts';
import { say, step } from '../say.ts';

const places = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const installed = (): boolean =>
  places.some((path) => path && existsSync(path)) || existsSync(chromium.executablePath());

const tries: readonly (readonly [string, () => Promise<number>])[] = [
  [
    'playwright install chromium',
    async () =>
      (await runTool('playwright', ['install', 'chromium'], { quiet: true, timeoutMs: 180_000 }))
        .code,
  ],
  [
    'apt-get install chromium',
    async () => {
      if (process.getuid?.() !== 0) return 1;
      await runProgram('apt-get', ['update', '-qq'], { quiet: true });
      return (
        await runProgram(
          'apt-get',
          ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
          { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } },
        )
      ).code;
    },
  ],
];

/**
 * A Chromium for the browser tests: the system's, else Playwright's own, else Debian's when root.
 * @returns false, having said how to get one
 */
export const ensureChromium = async (): Promise<boolean> => {
  for (const [title, install] of tries) {
    if (installed()) return true;
    await step(`No Chromium here: ${title}`, install);
  }
  if (installed()) return true;
  say(
    '✗ No Chromium could be found or installed: install one (`apt-get install chromium`) or set CHROMIUM_PATH, then run `npm test` again.',
  );
  return false;
};
