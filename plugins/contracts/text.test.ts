import { expect, test } from 'vitest';

import { asOneLine, KEEPABLE_TEXT, ONE_LINE_TEXT } from './text.ts';

test.each<[string, string, boolean, boolean, string]>([
  ['nothing', '', true, true, ''],
  ['words', 'Grès, dès 0,50 €', true, true, 'Grès, dès 0,50 €'],
  ['a whole pair', 'pot \u{1F3FA}', true, true, 'pot \u{1F3FA}'],
  ['lines', 'un\ndeux\ttrois', true, false, 'undeuxtrois'],
  ['a control character', 'a\u0007b\u0085', true, false, 'ab'],
  ['NUL', 'a\0b', false, false, 'ab'],
  ['half a pair', 'a\ud800', false, false, 'a'],
  ['the other half', '\udfffa', false, false, 'a'],
])('%s', (_, text, keepable, oneLine, left) => {
  expect([
    KEEPABLE_TEXT.test(text),
    ONE_LINE_TEXT.test(text),
    asOneLine(text),
    ONE_LINE_TEXT.test(asOneLine(text)),
  ]).toEqual([keepable, oneLine, left, true]);
});
