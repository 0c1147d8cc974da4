import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { hashOf } from './lint-cache.ts';

let root = '';
const write = (file: string, text: string): void => writeFileSync(join(root, file), text);
const hash = (): string => hashOf(root, ['types/**/*.d.ts', 'lock.json']);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'comptoir-lint-'));
  mkdirSync(join(root, 'types/fixture'), { recursive: true });
  write('types/fixture/a.d.ts', 'export declare const a: () => number;');
  write('lock.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test.each<[string, boolean, () => void]>([
  ['a changed signature, a fixture too', true, () => write('types/fixture/a.d.ts', 'export {};')],
  ['a declaration more', true, () => write('types/b.d.ts', '')],
  ['other versions of packages', true, () => write('lock.json', '{"x": 1}')],
  ['a source whose declaration stayed', false, () => write('types/a.ts', 'const a = 2;')],
])('%s: what ESLint kept is of no use any more = %s', (_, stale, edit) => {
  const before = hash();

  edit();

  expect(hash() !== before).toBe(stale);
});
