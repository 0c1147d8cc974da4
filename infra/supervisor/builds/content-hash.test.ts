import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { contentHash } from './content-hash.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'comptoir-hash-'));
  mkdirSync(join(root, 'src/node_modules'), { recursive: true });
  writeFileSync(join(root, 'src/a.ts'), 'one');
  writeFileSync(join(root, 'src/b.ts'), 'two');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const changed = (edit: () => void): boolean => {
  const before = contentHash(root, ['src', 'absent.json']);
  edit();
  return contentHash(root, ['src', 'absent.json']) !== before;
};

test.each<[string, boolean, () => void]>([
  ['an edited file', true, () => writeFileSync(join(root, 'src/a.ts'), 'uno')],
  ['an added file', true, () => writeFileSync(join(root, 'src/c.ts'), '')],
  ['a removed file', true, () => rmSync(join(root, 'src/a.ts'))],
  ['a renamed file', true, () => renameSync(join(root, 'src/a.ts'), join(root, 'src/z.ts'))],
  ['an input that appears', true, () => writeFileSync(join(root, 'absent.json'), '{}')],
  ['a new date', false, () => utimesSync(join(root, 'src/a.ts'), 1, 1)],
  ['a test', false, () => writeFileSync(join(root, 'src/a.test.ts'), 'x')],
  [
    'the project of the tests',
    false,
    () => writeFileSync(join(root, 'src/tsconfig.tests.json'), '{}'),
  ],
  ['an installed package', false, () => writeFileSync(join(root, 'src/node_modules/x.js'), 'x')],
])('%s: stale = %s', (_, stale, edit) => expect(changed(edit)).toBe(stale));
