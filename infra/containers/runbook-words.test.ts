import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { recordSchema } from '../../plugins/commerce/adapters/order-rows.ts';
import { MOST_ATTEMPTS } from '../../plugins/stripe/domain/webhook-retry.ts';
import { readDelivery } from '../../plugins/stripe/server/src/webhook.ts';
import { ROOT } from './compose-file.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const payments = /^## H\) [^]*?(?=^## J\) )/m.exec(read('infra/runbook/README.md'))?.[0] ?? '';

test('every reason of a review has its line', () => {
  const reasons = recordSchema.shape.needs_review_reason.unwrap().options;
  expect(
    reasons.filter((reason) => !new RegExp(`^\\| .*\`${reason}\``, 'm').test(payments)),
  ).toEqual([]);
});

test('every refusal of a webhook has its line, in the words of the log', () => {
  const reasons = [
    ...read('plugins/stripe/server/src/webhook.ts').matchAll(/refused\(\s*'([^']+)'/g),
  ].map(([, reason = '']) => reason);
  const unsigned = readDelivery(new Uint8Array(), '', {
    secrets: ['whsec_x'],
    livemode: false,
    now: Date.now,
  });
  expect(reasons.length).toBeGreaterThan(3);
  expect(
    [
      ...reasons,
      unsigned.ok ? '' : unsigned.reason,
      'stale',
      'future',
      'forged',
      'too large',
      'not kept',
    ].filter((reason) => !payments.includes(reason)),
  ).toEqual([]);
});

test('it tells how often an event is tried', () => {
  expect(payments).toContain('essayé quinze fois');
  expect(MOST_ATTEMPTS).toBe(15);
});
