import { expect, test } from 'vitest';

import { slugOf } from './slug.ts';

test.each([
  ['Tasse Rivage', 'tasse-rivage'],
  ['Coupe à œufs n° 2', 'coupe-a-oeufs-n-2'],
  ['  L’été  ', 'l-ete'],
  ['—', ''],
  ['a'.repeat(130), 'a'.repeat(120)],
])('%s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
