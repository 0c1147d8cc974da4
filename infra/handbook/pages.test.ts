import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from '@comptoir/env';

const git = (...args: string[]): string[] =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 16 << 20 })
    .trim()
    .split('\n');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const pages = git('ls-files', '*.md').filter(
  (path) => existsSync(join(ROOT, path)) && !path.startsWith('infra/seed/'),
);

/** GitHub's form of a heading's anchor. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** The links of a page that lead into the repository, and lead nowhere. */
const deadLinks = (page: string): string[] =>
  [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^(https?|mailto):/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });

test.each(pages)('%s links to what exists', (page) => expect(deadLinks(page)).toEqual([]));

test.each(pages)('%s names only npm scripts that exist', (page) => {
  const scripts = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json'))).scripts;
  const named = [...read(page).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name = '']) => name);

  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

/** The last commit before subjects had a form. */
const LAST_FREE_FORM = 'b0b166f';

test('a commit says its area and what it changes, in 72 characters', () => {
  const log = git('log', '--no-merges', '--format=%h %s');
  const end = log.findIndex((line) => line.startsWith(LAST_FREE_FORM));
  // A shallow clone has the newest commit only.
  const formed = log.slice(0, end < 0 ? 1 : end).map((line) => line.replace(/^\S+ /, ''));

  const wrong = formed.filter(
    (subject) => subject.length > 72 || !/^[a-z][a-z0-9 ,/.-]*: \S/.test(subject),
  );

  expect(wrong).toEqual([]);
});
