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

/** A cart line with today's price. `vatRate` in basis points, `weight` in grams a piece, `available` in pieces; `known` = still sold. One line per SKU. */
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
export interface QuotedLine extends Omit<PricedLine, 'known'> {
  discount: Cents;
  total: Cents;
  state: QuoteLineState;
}
/** A cart's price, VAT included, in cents: `subtotal − discount + shipping = total = Σ vat.gross`. */
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
/** `delivery` null = not chosen yet; `promotion` null = no code typed; `found` null = no such code. */
export interface QuoteInput {
  lines: readonly PricedLine[];
  country: string;
  delivery: string | null;
  rates: readonly ShippingRate[];
  promotion: { asked: string; found: Promotion | null } | null;
  now: Date;
  open: boolean;
}

const price = (line: PricedLine): Cents => cents(line.known ? line.unitPrice * line.quantity : 0);
const stateOf = ({ known, available, quantity }: PricedLine): QuoteLineState =>
  !known ? 'gone' : available < quantity ? 'short' : 'ok';

/** Splits a discount over lines by their price. Odd cents are handed out in SKU order, so that the order of lines in a cart changes nothing. */
function discounts(lines: readonly PricedLine[], discount: Cents): Map<PricedLine, Cents> {
  const sorted = [...lines].sort((a, b) => (a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : 0));
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

function ship(
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

/** Prices a cart. Lines no longer sold count 0; lines that are short count in full but cannot be ordered. @throws RangeError beyond exact integers */
export function quote({
  lines,
  country,
  delivery,
  rates,
  promotion: typed,
  now,
  open,
}: QuoteInput): Quote {
  const sold = lines.filter(({ known }) => known);
  const subtotal = sum(sold.map(price));
  const problem = typed && promotionProblem(typed.found, subtotal, now);
  const applied = problem === null ? (typed?.found ?? null) : null;
  const discount = applied ? discountOf(applied, subtotal) : cents(0);
  const split = discounts(sold, discount);
  const quoted = lines.map((line) => quoteLine(line, split.get(line) ?? cents(0)));
  const weight = sold.reduce((grams, line) => grams + line.weight * line.quantity, 0);
  const deliveries =
    sold.length > 0
      ? fittingRates(rates, country, weight).map((rate) =>
          ship(rate, cents(subtotal - discount), applied?.kind === 'free_shipping'),
        )
      : [];
  const shipping = deliveries.find(({ method }) => method === delivery) ?? deliveries[0] ?? null;
  const carriage = shipping?.price ?? cents(0);
  const total = cents(subtotal - discount + carriage);
  const reasons = obstacles({ lines: quoted, open, shipping, total });
  return {
    lines: quoted,
    country,
    countries: deliveryCountries(rates, weight),
    shipping,
    deliveries,
    promotion: applied && { code: applied.code, kind: applied.kind, discount },
    promotionProblem: problem,
    promotionMinimum: problem === 'minimum' ? (typed?.found?.minimum ?? null) : null,
    subtotal,
    discount,
    vat: vatSplit(
      quoted.filter(({ state }) => state !== 'gone'),
      carriage,
    ),
    total,
    open,
    orderable: reasons.length === 0,
    reasons,
  };
}
