import { describe, expect, test } from 'vitest';

import { startStripeMock, stripeMockMissing } from '../harness/stripe-mock.ts';
import { EXAMPLES } from './examples.ts';
import { startSimulator } from './index.ts';
import { KEY } from './test-simulator.ts';
import { shapeOf } from './watched.ts';

const missing = stripeMockMissing();
describe.skipIf(missing !== null)(
  `every request of the shop's tests, sent to Stripe's own stripe-mock${missing === null ? '' : ` (${missing})`}`,
  () => {
    test('is taken', async () => {
      const mock = await startStripeMock();
      const ask = async ({ method, path, form }: (typeof EXAMPLES)[number]): Promise<string> => {
        const answer = await fetch(
          `${mock.url}/v1/${path}${method === 'GET' && form !== '' ? `?${form}` : ''}`,
          {
            method,
            headers: {
              authorization: `Bearer ${KEY}`,
              'content-type': 'application/x-www-form-urlencoded',
            },
            ...(method === 'POST' ? { body: form } : {}),
          },
        );
        return `${answer.status} ${answer.ok ? '' : await answer.text()}`.trim();
      };
      const answers = await Promise.all(EXAMPLES.map(ask)).finally(() => mock.stop());
      expect(
        EXAMPLES.map((example, at) => [shapeOf(example), answers[at]]).filter(
          ([, answer]) => answer !== '200',
        ),
      ).toEqual([]);
    }, 300_000);
  },
);

const asked = async (path: string): Promise<void> => {
  const simulator = await startSimulator({ secretKey: KEY });
  await fetch(`${simulator.url}/v1/${path}`, { headers: { authorization: `Bearer ${KEY}` } });
  await simulator.close();
};

test('another request than those fails whoever has sent it', async () => {
  await expect(asked('refunds?limit=100&payment_intent=pi_2')).resolves.toBeUndefined();
  await expect(asked('refunds?limit=100&charge=ch_2')).rejects.toThrow(
    /examples\.ts:\nGET refunds limit=100&charge=ch_2/,
  );
});

test.each([
  ['ids are not looked at', 'GET', 'refunds/re_1Nxyz', '', 'GET refunds/…'],
  [
    'nor is the number of things in a list, or their order',
    'POST',
    'checkout/sessions',
    'mode=payment&line_items[1][quantity]=1&line_items%5B0%5D%5Bquantity%5D=3',
    'POST checkout/sessions line_items[][quantity] mode',
  ],
])('%s', (_, method, path, form, shape) => expect(shapeOf({ method, path, form })).toBe(shape));
