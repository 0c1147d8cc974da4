import { z } from 'zod';
import { testAdmin } from '@comptoir/harness';

import { type Answer, type Call, login } from '../../cms/staff/client.fixture.ts';
import { eventually } from './eventually.ts';
import type { Parts } from './parts.ts';

export const DEEDS = [
  'prepare',
  'ship',
  'cancel',
  'resolve',
  'refund-part',
  'refund-line',
  'refund-all',
] as const;
export type Deed = (typeof DEEDS)[number];

const orderSchema = z.object({
  data: z.object({
    actions: z.array(z.string()),
    refundable: z.int(),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int(), refundedQuantity: z.int() })),
  }),
});
type Seen = z.infer<typeof orderSchema>['data'];
interface Post {
  path: string;
  body: Record<string, unknown>;
}

/** Why staff give money back: told from the shop's own refunds by it. */
export const REFUND_REASON = 'retour';
/** What is given back on each click of a part or of a line, in cents. */
const PART = 100;

function refundOf(
  deed: 'refund-part' | 'refund-line' | 'refund-all',
  { refundable, lines }: Seen,
): Post | null {
  const refund = (amount: number, more = {}): Post => ({
    path: 'refunds',
    body: { request: deed, reason: REFUND_REASON, amount, ...more },
  });
  if (deed === 'refund-all') return refundable > 0 ? refund(refundable) : null;
  if (refundable <= PART) return null;
  const line = lines.find(({ quantity, refundedQuantity }) => refundedQuantity < quantity);
  if (deed === 'refund-part') return refund(PART);
  return line ? refund(PART, { lines: [{ sku: line.sku, quantity: 1 }], restock: true }) : null;
}

/** What a button sends on the order's page as it is now; null = it is not there. */
function postOf(deed: Deed, order: Seen): Post | null {
  const button = (action: string, path: string, body = {}): Post | null =>
    order.actions.includes(action) ? { path, body } : null;
  switch (deed) {
    case 'prepare':
      return button('prepare', 'preparation');
    case 'ship':
      return button('ship', 'shipment', { carrier: 'Colissimo', trackingNumber: '6A1' });
    case 'cancel':
      return button('cancel', 'cancellation', { reason: 'sur demande' });
    // As the order's page advises: a refund that failed is asked for again before anything is
    // accepted.
    case 'resolve':
      return button('retry-refunds', 'refunds/retry') ?? button('approve', 'approval');
    case 'refund-all':
    case 'refund-line':
    case 'refund-part':
      return order.actions.includes('refund') ? refundOf(deed, order) : null;
  }
}

/** Nothing was said that will still be so later: the back office is away, or Stripe is. */
const comesAgain = ({ status }: Answer): boolean => status >= 500 || status === 429;

/** A member of staff, logged in at the admin, that clicks again while the back office is away. */
export function createStaff({ api }: Pick<Parts, 'api'>) {
  let door: Promise<Call> | null = null;
  const enter = (): Promise<Call> =>
    (door ??= eventually(
      'a login',
      () => login(api.url, testAdmin.email, testAdmin.password).catch(() => null),
      { everyMs: 500 },
    ));
  const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
    eventually(
      `an answer of ${path}`,
      async () => {
        const inside = enter();
        const answer = await (await inside)(method, path, body).catch(() => null);
        // A long run outlives a login.
        if (answer?.status === 401 && door === inside) door = null;
        return answer === null || answer.status === 401 || comesAgain(answer) ? null : answer;
      },
      { everyMs: 200 },
    );
  return {
    /**
     * Looks at an order and clicks; what was sent is sent again until it is answered.
     * @returns whether the order let it
     * @throws Error on an answer that no click should get
     */
    async click(deed: Deed, number: string): Promise<boolean> {
      const post = postOf(
        deed,
        orderSchema.parse((await ask('GET', `/commerce/orders/${number}`)).body).data,
      );
      if (post === null) return false;
      const { status, body } = await ask(
        'POST',
        `/commerce/orders/${number}/${post.path}`,
        post.body,
      );
      // 400: another click was faster, and there is less to give back than the page said.
      if (![200, 400, 409].includes(status))
        throw new Error(`"${deed}" on ${number}: ${status} ${JSON.stringify(body)}`);
      return status === 200;
    },
  };
}
export type Staff = ReturnType<typeof createStaff>;
