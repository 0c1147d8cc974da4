import { expect, test } from 'vitest';

import { frenchRefusal } from './french-errors.ts';

const refused = (message: string) => ({
  data: null,
  error: { status: 400, name: 'ApplicationError', message, details: {} },
});

test.each([
  ['Invalid credentials', 'L’adresse e-mail ou le mot de passe n’est pas le bon.'],
  ['Un autre refus', 'Un autre refus'],
])('%s', (said, shown) => expect(frenchRefusal(refused(said))).toEqual(refused(shown)));

test.each([[null], ['text'], [{ data: { message: 'Invalid credentials' } }]])(
  '%j is no refusal',
  (body) => expect(frenchRefusal(body)).toBe(body),
);
