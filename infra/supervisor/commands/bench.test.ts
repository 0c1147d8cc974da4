import { expect, test } from 'vitest';

import { benches, chosen } from './bench.ts';

const all = new Map([
  ['door', '/a/door.bench.ts'],
  ['soak', '/b/soak.bench.ts'],
]);

test('one by its name, all without one', () => {
  expect(chosen(all, 'soak')).toEqual(['/b/soak.bench.ts']);
  expect(chosen(all, undefined)).toEqual(['/a/door.bench.ts', '/b/soak.bench.ts']);
});

test.each(['doo', 'constructor', ''])('"%s" is told which there are', (name) => {
  expect(() => chosen(all, name)).toThrow(`No benchmark "${name}". Known: door, soak.`);
});

test('every file called *.bench.ts is one', () => {
  expect([...benches().keys()]).toEqual(expect.arrayContaining(['door', 'soak']));
});
