import {
  countPieces,
  MAX_ORDER_PIECES,
  MIN_CARD_PAYMENT,
  type OrderObstacle,
  type PromotionKind,
  type PromotionProblem,
  type QuoteLineState,
} from '@comptoir/contracts';

import { allocate, type Cents, cents, sum } from './cents.ts';
import { discountOf, type Promotion, promotionProblem } from './promotion.ts';
import {
  deliveryCountries,
  type DeliveryCountry,
  fittingRates,
  type ShippingRate,
} from './shipping.ts';
import { type VatPart, vatSplit } from './vat-split.ts';

export type { Promotion } from './promotion.ts';
export type { ShippingRate } from './shipping.ts';

/**
 * A cart line with today's price. `vatRate` in basis points, `weight` in grams a piece, `available`
 * in pieces; `known` = still sold. One line per SKU.
 */
export interface PricedLine {
  sku: string;
  reference: string;
  slug: string;
  name: string;
  label: string;
  unitPrice: Cents;
  vatRate: number;
  weight: number;
  quantity: number;
  available: number;
  known: boolean;
}
/** A way to send the cart. `price` is what is charged, 0 when `free`. */
export interface DeliveryOption {
  method: string;
  name: string;
  price: Cents;
  free: boolean;
  freeFrom: Cents | null;
  minDays: number;
  maxDays: number;
}
interface QuotedLine extends Omit<PricedLine, 'known'> {
  discount: Cents;
  total: Cents;
  state: QuoteLineState;
}
/**
 * A cart's price, VAT included, in cents: `subtotal − discount + shipping = total = Σ vat.gross`.
 */
export interface Quote {
  lines: QuotedLine[];
  country: string;
  countries: DeliveryCountry[];
  /** `shipping` is the chosen one of `deliveries`. */
  shipping: DeliveryOption | null;
  deliveries: DeliveryOption[];
  promotion: { code: string; kind: PromotionKind; discount: Cents } | null;
  promotionProblem: PromotionProblem | null;
  promotionMinimum: Cents | null;
  subtotal: Cents;
  discount: Cents;
  vat: VatPart[];
  total: Cents;
  open: boolean;
  orderable: boolean;
  reasons: OrderObstacle[];
}
/**
 * `delivery` null = not chosen yet; `promotion` null = no code typed; `found` null = no such code.
 */
interface QuoteInput {
  lines: readonly PricedLine[];
  country: string;
  delivery: string | null;
  rates: readonly ShippingRate[];
  promotion: { asked: string; found: Promotion | null } | null;
  now: Date;
  open: boolean;
}

const price = (line: PricedLine): Cents => cents(line.known ? line.unitPrice * line.quantity : 0);

function stateOf({ known, available, quantity }: PricedLine): QuoteLineState {
  if (!known) return 'gone';
  return available < quantity ? 'short' : 'ok';
}

function bySku(a: PricedLine, b: PricedLine): number {
  if (a.sku === b.sku) return 0;
  return a.sku < b.sku ? -1 : 1;
}

/**
 * Splits a discount over lines by their price. Odd cents are handed out in SKU order, so that the
 * order of lines in a cart changes nothing.
 */
function discounts(lines: readonly PricedLine[], discount: Cents): Map<PricedLine, Cents> {
  const sorted = [...lines].sort(bySku);
  const parts = allocate(discount, sorted.map(price));
  return new Map(sorted.map((line, index) => [line, parts[index] ?? cents(0)]));
}

function quoteLine(line: PricedLine, discount: Cents): QuotedLine {
  const { known: _, ...rest } = line;
  const total = cents(price(line) - discount);
  const unitPrice = line.known ? line.unitPrice : cents(0);
  return {
    ...rest,
    unitPrice,
    available: line.known ? Math.max(0, Math.min(line.available, line.quantity)) : 0,
    discount,
    total,
    state: stateOf(line),
  };
}

function deliveryOption(
  { method, name, price: rate, freeFrom, minDays, maxDays }: ShippingRate,
  goods: Cents,
  freeByCode: boolean,
): DeliveryOption {
  const waived = freeByCode || (freeFrom !== null && goods >= freeFrom);
  const charged = waived ? cents(0) : rate;
  return { method, name, price: charged, free: charged === 0, freeFrom, minDays, maxDays };
}

function obstacles({
  lines,
  open,
  shipping,
  total,
}: Pick<Quote, 'lines' | 'open' | 'shipping' | 'total'>): OrderObstacle[] {
  const has = (state: QuoteLineState): boolean => lines.some((line) => line.state === state);
  const pieces = countPieces({ lines: lines.filter(({ state }) => state !== 'gone') });
  const found: readonly (readonly [OrderObstacle, boolean])[] = [
    ['closed', !open],
    ['empty', lines.length === 0],
    ['gone', has('gone')],
    ['short', has('short')],
    ['no-shipping', shipping === null && (has('ok') || has('short'))],
    // Without a delivery the total is not what would be paid.
    ['too-many-pieces', pieces > MAX_ORDER_PIECES],
    ['below-minimum', shipping !== null && total > 0 && total < MIN_CARD_PAYMENT],
  ];
  return found.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

/**
 * What a typed code does to goods worth `subtotal`: it is applied, or there is a problem with it.
 */
interface PromotionEffect {
  applied: Promotion | null;
  discount: Cents;
  problem: PromotionProblem | null;
  /** What the goods must cost at least, when that is the problem. */
  minimum: Cents | null;
}

function promotionEffect(
  typed: QuoteInput['promotion'],
  subtotal: Cents,
  now: Date,
): PromotionEffect {
  if (typed === null) return { applied: null, discount: cents(0), problem: null, minimum: null };
  const { found } = typed;
  const problem = promotionProblem(found, subtotal, now);
  const applied = problem === null ? found : null;
  return {
    applied,
    discount: applied ? discountOf(applied, subtotal) : cents(0),
    problem,
    minimum: problem === 'minimum' ? (found?.minimum ?? null) : null,
  };
}

/**
 * Prices a cart. Lines no longer sold count 0; lines that are short count in full but cannot be
 * ordered.
 * @throws RangeError beyond exact integers
 */
export function quote(input: QuoteInput): Quote {
  const { lines, country, rates, open } = input;
  const sold = lines.filter(({ known }) => known);
  const subtotal = sum(sold.map(price));
  const weight = sold.reduce((grams, line) => grams + line.weight * line.quantity, 0);

  const { applied, discount, problem, minimum } = promotionEffect(
    input.promotion,
    subtotal,
    input.now,
  );
  const split = discounts(sold, discount);
  const quoted = lines.map((line) => quoteLine(line, split.get(line) ?? cents(0)));

  const goods = cents(subtotal - discount);
  const freeByCode = applied?.kind === 'free_shipping';
  const fitting = sold.length > 0 ? fittingRates(rates, country, weight) : [];
  const deliveries = fitting.map((rate) => deliveryOption(rate, goods, freeByCode));
  const chosen = deliveries.find(({ method }) => method === input.delivery);
  const shipping = chosen ?? deliveries[0] ?? null;
  const carriage = shipping?.price ?? cents(0);

  const total = cents(goods + carriage);
  const vatLines = quoted.filter(({ state }) => state !== 'gone');
  const reasons = obstacles({ lines: quoted, open, shipping, total });
  return {
    lines: quoted,
    country,
    countries: deliveryCountries(rates, weight),
    shipping,
    deliveries,
    promotion: applied && { code: applied.code, kind: applied.kind, discount },
    promotionProblem: problem,
    promotionMinimum: minimum,
    subtotal,
    discount,
    vat: vatSplit(vatLines, carriage),
    total,
    open,
    orderable: reasons.length === 0,
    reasons,
  };
}
