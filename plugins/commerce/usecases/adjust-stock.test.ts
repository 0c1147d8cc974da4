import { expect, test } from 'vitest';
import type { Level, Movement } from '../domain/movement.ts';
import { adjustStock } from './adjust-stock.ts';

const shelf = (level: Level | undefined, done?: Pick<Movement, 'sku' | 'delta'>) => {
  const written: unknown[] = [];
  const ledger = {
    lock: (): Promise<Level | undefined> => Promise.resolve(level),
    recorded: (request: string) => Promise.resolve(request === 'dialog-one' ? done : undefined),
    record: (movement: Movement, next: Level): Promise<void> => { written.push({ delta: movement.delta, onHand: next.onHand }); return Promise.resolve(); },
  };
  return { written, adjust: adjustStock(ledger, (next) => { written.push({ shown: next.onHand }); return Promise.resolve(); }) };
};
const movement = { sku: 'a-1', delta: -2, reason: 'Casse', actor: 'staff' };

test('a movement is recorded, then shown', async () => {
  const { written, adjust } = shelf({ sku: 'a-1', onHand: 5, reserved: 0, lowThreshold: 3 });
  expect(await adjust(movement)).toMatchObject({ ok: true, level: { onHand: 3 } });
  expect(written).toEqual([{ delta: -2, onHand: 3 }, { shown: 3 }]);
});

test('a refusal writes nothing', async () => {
  const { written, adjust } = shelf({ sku: 'a-1', onHand: 5, reserved: 4, lowThreshold: 3 });
  expect(await adjust(movement)).toMatchObject({ ok: false, reason: 'below-reserved' });
  expect(written).toEqual([]);
});

test.each<[what: string, request: string | undefined, done: Pick<Movement, 'sku' | 'delta'>, outcome: object, writes: number]>([
  ['the same request', 'dialog-one', { sku: 'a-1', delta: -2 }, { ok: true, level: { onHand: 5 } }, 0],
  ['the same request for other pieces', 'dialog-one', { sku: 'a-1', delta: -3 }, { ok: false, reason: 'request-taken' }, 0],
  ['the same request for another SKU', 'dialog-one', { sku: 'a-2', delta: -2 }, { ok: false, reason: 'request-taken' }, 0],
  ['another request', 'dialog-two', { sku: 'a-1', delta: -2 }, { ok: true, level: { onHand: 3 } }, 2],
  ['no request', undefined, { sku: 'a-1', delta: -2 }, { ok: true, level: { onHand: 3 } }, 2],
])('%s after one that was recorded', async (_what, request, done, outcome, writes) => {
  const { written, adjust } = shelf({ sku: 'a-1', onHand: 5, reserved: 0, lowThreshold: 3 }, done);
  expect(await adjust({ ...movement, request })).toMatchObject(outcome);
  expect(written).toHaveLength(writes);
});
