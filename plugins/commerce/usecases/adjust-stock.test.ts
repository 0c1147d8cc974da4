import { expect, test } from 'vitest';

import type { Level, Movement } from '../domain/movement.ts';
import { adjustStock, countStock } from './adjust-stock.ts';

type Done = Pick<Movement, 'sku' | 'delta' | 'reason'>;
const ledgerWith = (level: Level | undefined, done?: Done, toSend = 0) => {
  const written: unknown[] = [];
  const ledger = {
    lock: (): Promise<Level | undefined> => Promise.resolve(level),
    recorded: (request: string) => Promise.resolve(request === 'dialog-one' ? done : undefined),
    toSend: () => Promise.resolve(toSend),
    record: (movement: Movement, next: Level): Promise<void> => {
      written.push({ delta: movement.delta, onHand: next.onHand });
      return Promise.resolve();
    },
  };
  const show = (next: Level): Promise<void> => {
    written.push({ shown: next.onHand });
    return Promise.resolve();
  };
  return { written, adjust: adjustStock(ledger, show), count: countStock(ledger, show) };
};
const movement = { sku: 'a-1', delta: -2, reason: 'Casse', actor: 'staff' };

test('a movement is recorded, then shown', async () => {
  const { written, adjust } = ledgerWith({ sku: 'a-1', onHand: 5, reserved: 0, lowThreshold: 3 });

  expect(await adjust(movement)).toMatchObject({ ok: true, level: { onHand: 3 } });
  expect(written).toEqual([{ delta: -2, onHand: 3 }, { shown: 3 }]);
});

test('a refusal writes nothing', async () => {
  const { written, adjust } = ledgerWith({ sku: 'a-1', onHand: 5, reserved: 4, lowThreshold: 3 });

  expect(await adjust(movement)).toMatchObject({ ok: false, reason: 'below-reserved' });
  expect(written).toEqual([]);
});

test.each<
  [
    what: string,
    request: string | undefined,
    done: Omit<Done, 'reason'>,
    outcome: object,
    writes: number,
  ]
>([
  [
    'the same request',
    'dialog-one',
    { sku: 'a-1', delta: -2 },
    { ok: true, level: { onHand: 5 } },
    0,
  ],
  [
    'the same request for other pieces',
    'dialog-one',
    { sku: 'a-1', delta: -3 },
    { ok: false, reason: 'request-taken' },
    0,
  ],
  [
    'the same request for another SKU',
    'dialog-one',
    { sku: 'a-2', delta: -2 },
    { ok: false, reason: 'request-taken' },
    0,
  ],
  [
    'another request',
    'dialog-two',
    { sku: 'a-1', delta: -2 },
    { ok: true, level: { onHand: 3 } },
    2,
  ],
  ['no request', undefined, { sku: 'a-1', delta: -2 }, { ok: true, level: { onHand: 3 } }, 2],
])('%s after one that was recorded', async (_what, request, done, outcome, writes) => {
  const { written, adjust } = ledgerWith(
    { sku: 'a-1', onHand: 5, reserved: 0, lowThreshold: 3 },
    { ...done, reason: 'Casse' },
  );

  expect(await adjust({ ...movement, request })).toMatchObject(outcome);
  expect(written).toHaveLength(writes);
});

const counting = { sku: 'a-1', actor: 'staff' };
test.each<[what: string, counted: number, toSend: number, outcome: object, written: object[]]>([
  [
    'fewer than the shop thought',
    3,
    0,
    { ok: true, level: { onHand: 3 } },
    [{ delta: -2, onHand: 3 }, { shown: 3 }],
  ],
  [
    'pieces of paid orders that are still here, which are no stock',
    7,
    1,
    { ok: true, level: { onHand: 6 } },
    [{ delta: 1, onHand: 6 }, { shown: 6 }],
  ],
  ['what the shop thought', 5, 0, { ok: true, level: { onHand: 5 } }, []],
  ['less than unpaid orders have reserved', 1, 0, { ok: false, reason: 'below-reserved' }, []],
  ['less than what is to be sent', 2, 3, { ok: false, reason: 'below-reserved' }, []],
])('a count finds %s', async (_what, counted, toSend, outcome, written) => {
  const { written: seen, count } = ledgerWith(
    { sku: 'a-1', onHand: 5, reserved: 2, lowThreshold: 3 },
    undefined,
    toSend,
  );

  expect(await count({ ...counting, counted })).toMatchObject(outcome);
  expect(seen).toEqual(written);
});

test.each([
  [3, { ok: true, level: { onHand: 5 } }],
  [4, { ok: false, reason: 'request-taken' }],
])('a count of %i sent again under the request of three', async (counted, outcome) => {
  const { written, count } = ledgerWith(
    { sku: 'a-1', onHand: 5, reserved: 0, lowThreshold: 3 },
    { sku: 'a-1', delta: -2, reason: 'Inventaire : 3 en main' },
  );

  expect(await count({ ...counting, counted, request: 'dialog-one' })).toMatchObject(outcome);
  expect(written).toEqual([]);
});
