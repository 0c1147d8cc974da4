import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// Importing them runs them here too, with their calls recorded.
import './sessions.test.ts';
import './disputes.test.ts';
import './payment-intents.test.ts';
import './faults.test.ts';
import './pay-page.test.ts';

import { startStripeMock, type StripeMock, stripeMockMissing } from '../harness/stripe-mock.ts';
import { type Comparison, replay } from './replay.ts';
import { KEY, recorded } from './test-simulator.ts';

const missing = stripeMockMissing();
// Fields of the published types that stripe-mock's examples leave out: optional ones, and one of
// the version it is two months behind.
const NOT_IN_ITS_EXAMPLES =
  /(?:allowed_payment_method_types|excluded_payment_method_types|last_payment_error\.(?:code|decline_code|message)|payment_intent\S*\.source|payment_intents\S*: source)$/;

describe.skipIf(missing !== null)(
  `every request above, sent to Stripe's own stripe-mock${missing === null ? '' : ` (${missing})`}`,
  () => {
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

    test("the answers have no field that Stripe's have not", () => {
      const strange = new Set(
        results
          .filter(({ call, status }) => call.status === 200 && status === 200)
          .flatMap(({ call, strange: names }) =>
            names.map(
              (name) => `${call.method} ${call.path.replaceAll(/(?<=_)\w{20,}/g, '…')}: ${name}`,
            ),
          ),
      );
      expect([...strange].filter((name) => !NOT_IN_ITS_EXAMPLES.test(name))).toEqual([]);
    });

    test('a parameter unknown to the simulator is unknown to stripe-mock', () => {
      // At the top level only: stripe-mock does not look inside lists. Its specification still has
      // the parameter that was removed.
      const unknown = results.filter(({ call }) =>
        /"parameter_unknown","param":"(?!payment_method_types)\w+"/.test(JSON.stringify(call.body)),
      );
      expect(unknown.length).toBeGreaterThan(1);
      expect(unknown.filter(({ status }) => status !== 400)).toEqual([]);
    });
  },
);
