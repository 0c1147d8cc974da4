import { expect, test } from 'vitest';

import { createAnswerCache } from './answer-cache.ts';

const texts = (entries: number, bytes: number) =>
  createAnswerCache<string>((text) => text.length, { entries, bytes });

function filled(store: ReturnType<typeof texts>, ...all: [string, string][]) {
  for (const [key, value] of all) store.set(key, value);
  return ['a', 'b', 'c'].filter((key) => store.get(key) !== undefined).join('');
}

test.each<[string, [number, number], [string, string][], string]>([
  [
    'all fit',
    [3, 100],
    [
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ],
    'abc',
  ],
  [
    'too many: the oldest goes',
    [2, 100],
    [
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ],
    'bc',
  ],
  [
    'too heavy: the oldest go',
    [9, 5],
    [
      ['a', '12'],
      ['b', '12'],
      ['c', '12345'],
    ],
    'c',
  ],
  [
    'one that can never fit is not kept, and costs the others nothing',
    [9, 5],
    [
      ['a', '12'],
      ['b', '123456'],
    ],
    'a',
  ],
  [
    'written again it weighs once',
    [9, 4],
    [
      ['a', '12'],
      ['a', '12'],
      ['b', '12'],
    ],
    'ab',
  ],
])('%s', (_, [entries, bytes], all, kept) =>
  expect(filled(texts(entries, bytes), ...all)).toBe(kept),
);

test('cleared, it has room again', () => {
  const store = texts(9, 4);
  store.set('a', '1234');
  store.clear();
  expect(filled(store, ['b', '1234'])).toBe('b');
});

test('one that is asked for stays, the other goes', () => {
  const store = texts(2, 100);
  store.set('a', '1');
  store.set('b', '2');

  store.get('a');

  expect(filled(store, ['c', '3'])).toBe('ac');
});
