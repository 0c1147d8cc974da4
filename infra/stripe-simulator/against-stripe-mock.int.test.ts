import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStripeMock, stripeMockMissing, type StripeMock } from '../harness/stripe-mock.ts';
import { replay, type Comparison } from './replay.ts';
import { KEY, recorded } from './test-simulator.ts';
// Importing them runs them here too, with their calls recorded.
import './sessions.test.ts';
import './payments.test.ts';
import './faults.test.ts';
import './pay-page.test.ts';

const missing = stripeMockMissing();

describe.skipIf(missing !== null)(`every request above, sent to Stripe's own stripe-mock${missing === null ? '' : ` (${missing})`}`, () => {
  let mock: StripeMock;
  let results: Comparison[] = [];
  beforeAll(async () => {
    mock = await startStripeMock();
    results = await replay(recorded, mock.url, KEY);
  }, 300_000);
  afterAll(() => mock.stop());

  test('what the simulator takes, stripe-mock takes', () => {
    const taken = results.filter(({ call }) => call.status === 200);
    expect(taken.length).toBeGreaterThan(80);
    expect(taken.filter(({ status }) => status !== 200)).toEqual([]);
  });

  test('the answers have no field that Stripe\'s have not', () => {
    const strange = new Set(results.filter(({ call, status }) => call.status === 200 && status === 200).flatMap(({ call, strange: names }) => names.map((name) => `${call.method} ${call.path.replaceAll(/(?<=_)\w{20,}/g, '…')}: ${name}`)));
    // Its specification is two months older than the version the shop speaks.
    expect([...strange].filter((name) => !name.endsWith('allowed_payment_method_types'))).toEqual([]);
  });

  test('a parameter unknown to the simulator is unknown to stripe-mock', () => {
    const unknown = results.filter(({ call }) => JSON.stringify(call.body).includes('"parameter_unknown"') && !call.form.includes('payment_method_types'));
    expect(unknown.length).toBeGreaterThan(1);
    expect(unknown.filter(({ status }) => status !== 400)).toEqual([]);
  });
});
