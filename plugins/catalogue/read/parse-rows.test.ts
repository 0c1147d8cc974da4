import { expect, test } from 'vitest';

import { parseRows } from './parse-rows.ts';

const row = (change: object) => ({
  kind: 'availability',
  key: 'ah-001',
  locale: '*',
  version: '7',
  body: { state: 'in' },
  ...change,
});
const id = { kind: 'availability', key: 'ah-001', locale: '*' };

test.each<[string, object, object[], number]>([
  ['a good row', {}, [{ id, n: 7, entry: { ...id, body: { state: 'in' } } }], 0],
  ['a withdrawn one', { body: null }, [{ id, n: 7, entry: null }], 0],
  [
    'a body that does not fit: no earlier body may stay',
    { body: { state: 'many' } },
    [{ id, n: 7, entry: null }],
    1,
  ],
  ['a kind of another version', { kind: 'voucher' }, [], 1],
  ['no row at all', { version: 'x' }, [], 1],
])('%s', async (_, change, rows, faults) => {
  const parsed = await parseRows([row(change)]);
  expect(parsed.rows).toEqual(rows);
  expect(parsed.skipped).toHaveLength(faults);
});
