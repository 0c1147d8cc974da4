import { expect, test } from 'vitest';

import { delayText } from './delay.ts';

test.each([
  ['fr', 1, 1, '1 jour ouvré après'],
  ['fr', 2, 2, '2 jours ouvrés après'],
  ['fr', 0, 1, '0 à 1 jour ouvré après'],
  ['fr', 1, 2, '1 à 2 jours ouvrés après'],
  ['en', 1, 1, '1 working day after'],
  ['en', 2, 3, '2 to 3 working days after'],
] as const)('%s, %i to %i days', (locale, minDays, maxDays, words) =>
  expect(delayText(locale, { minDays, maxDays }).replaceAll('\u00a0', ' ')).toContain(words),
);
