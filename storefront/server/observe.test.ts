import { expect, test } from 'vitest';

import { routeOf } from './observe.ts';

test.each([
  ['/', '/'],
  ['/en', '/'],
  ['/produits', '/produits'],
  ['/produits/tasse-rivage?x=1', '/produits/:slug'],
  ['/en/products/shore-mug', '/products/:slug'],
  ['/wp-login.php', 'other'],
  ['/_assets/a.css', '/_assets/:slug'],
])('%s is counted as %s', (path, route) => expect(routeOf(path)).toBe(route));
