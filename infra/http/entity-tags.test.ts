import { expect, test } from 'vitest';

import { entityTag, matchingTag } from './entity-tags.ts';

test('each form of a body has a tag of its own', () =>
  expect((['identity', 'br', 'gzip'] as const).map((form) => entityTag('a', form))).toEqual([
    '"a"',
    '"a-br"',
    '"a-gzip"',
  ]));

test.each([
  ['"a"', '"a"'],
  ['W/"a"', '"a"'],
  ['"b", "a"', '"a"'],
  ['"b","a-br"', '"a-br"'],
  ['*', '"a"'],
  [' * ', '"a"'],
  ['"b"', null],
  ['"A"', null],
  ['a', null],
  ['"x, "a"', null],
  ['"x,\\"a"', null],
  ['', null],
  [undefined, null],
])('If-None-Match %s matches %s', (header, expected) =>
  expect(matchingTag(header, ['"a"', '"a-br"'])).toBe(expected),
);

test('a tag may hold a comma', () => expect(matchingTag('"x", "a,b"', ['"a,b"'])).toBe('"a,b"'));
