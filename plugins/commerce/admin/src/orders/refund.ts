import { type Cents, cents } from '@comptoir/contracts';

import { euroRefusalText, formatEuro, parseEuro } from '../../../../catalogue/domain/euro.ts';
import { costOf, type SoldLine } from '../../../domain/refund-lines.ts';
import type { StaffLine, StaffOrder } from '../../../domain/staff-order-api.ts';

/** What staff have chosen so far: pieces per SKU, and an amount of their own when `other` is not empty. */
export interface RefundDraft {
  pieces: Readonly<Record<string, number>>;
  shipping: boolean;
  other: string;
}
/** The refund it makes. `cost`: what the chosen lines and shipping cost the buyer; `amount`: what goes back, null while that cannot be. */
export interface RefundPlan {
  lines: { sku: string; quantity: number }[];
  cost: Cents;
  own: Cents | null;
  amount: Cents | null;
  problem: string | null;
}

type Refunded = Pick<StaffOrder, 'lines' | 'shipping' | 'shippingRefunded' | 'refundable'>;

/** Pieces of a line whose money was not given back. */
export const remaining = ({ quantity, refundedQuantity }: StaffLine): number =>
  Math.max(0, quantity - refundedQuantity);

/** Whether the shipping can be given back. */
export const shippingLeft = ({ shipping, shippingRefunded }: Refunded): boolean =>
  shipping > 0 && !shippingRefunded;

/** Everything that is left, as a draft. */
export const wholeRefund = (order: Refunded): RefundDraft => ({
  pieces: Object.fromEntries(order.lines.map((line) => [line.sku, remaining(line)])),
  shipping: shippingLeft(order),
  other: '',
});

const sold = ({ sku, quantity, total }: StaffLine): SoldLine => ({ sku, quantity, total });

function ownAmount(other: string): { own: Cents | null; problem: string | null } {
  const typed = parseEuro(other);
  if (!typed.ok) return { own: null, problem: euroRefusalText(typed.reason) };
  if (typed.cents === 0)
    return {
      own: null,
      problem: 'Un montant supérieur à zéro, ou rien pour rembourser ce qui est coché.',
    };
  return { own: typed.cents === null ? null : cents(typed.cents), problem: null };
}

/** The amount a draft gives back, exactly as the server computes it, or why it cannot be. */
export function planRefund(order: Refunded, { pieces, shipping, other }: RefundDraft): RefundPlan {
  const lines = order.lines
    .map((line) => ({ sku: line.sku, quantity: Math.min(remaining(line), pieces[line.sku] ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
  const before = order.lines.map(({ sku, refundedQuantity }) => ({
    sku,
    quantity: refundedQuantity,
  }));
  const cost = cents(
    costOf(order.lines.map(sold), before, lines) +
      (shipping && shippingLeft(order) ? order.shipping : 0),
  );
  const { own, problem } = ownAmount(other);
  const amount = own ?? cost;
  if (problem !== null) return { lines, cost, own, amount: null, problem };
  if (amount === 0) return { lines, cost, own, amount: null, problem: null };
  const tooMuch =
    amount > order.refundable
      ? `Il ne reste que ${formatEuro(order.refundable)} à rembourser sur cette commande.`
      : null;
  return { lines, cost, own, amount: tooMuch === null ? amount : null, problem: tooMuch };
}
