import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '@comptoir/env';

import { EVENT_TYPES, subjectOf } from './events.ts';

test('the README tells which events an endpoint must send', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  expect(EVENT_TYPES.filter((type) => !readme.includes(`\`${type}\``))).toEqual([]);
});

test.each([
  ['refund.created', 'refund'],
  ['checkout.session.expired', 'session'],
  ['customer.created', null],
  ['constructor', null],
])('%s is about %s', (type, subject) => expect(subjectOf(type)).toBe(subject));
