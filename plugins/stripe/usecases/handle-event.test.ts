import { expect, test } from 'vitest';

import { handleEvent, type Provider } from './handle-event.ts';

const nobody = {
  advanceOrder: () => Promise.reject(new Error('no order is touched')),
  settlePayment: () => Promise.reject(new Error('none')),
  releaseOrder: () => Promise.reject(new Error('none')),
};
const provider: Provider = {
  session: () => Promise.resolve(null),
  refund: () => Promise.resolve(null),
  orderOf: () => Promise.resolve(null),
  sessionOf: () => Promise.resolve(null),
  dispute: () => Promise.resolve(null),
};

test('a declined card of something else in the account is nothing to look at', async () => {
  expect(
    await handleEvent({ provider, orders: nobody })({
      type: 'payment_intent.payment_failed',
      id: 'pi_theirs',
      paymentIntent: null,
    }),
  ).toEqual({ kind: 'done', note: 'not ours' });
});
