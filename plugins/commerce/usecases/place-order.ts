import { createHash } from 'node:crypto';
import { MAX_ORDER_PIECES, type OrderRequest } from '@comptoir/contracts';

import type { Quote } from '../domain/cart-pricing.ts';
import { cents } from '../domain/cents.ts';
import { place } from '../domain/order.ts';
import { orderNumber } from '../domain/order-number.ts';
import type { OrderedLine, OrderRecord, Placement, Unit } from '../domain/order-ports.ts';
import { applyEvent } from './advance-order.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { type Opening, openPayment, type PaymentPorts } from './open-payment.ts';
import { quoteCart } from './quote-cart.ts';
import { closeOrder } from './release-order.ts';

export interface PlacePorts extends PaymentPorts {
  random(bytes: number): Uint8Array;
  tokenFits(number: string, token: string): boolean;
}
/** What one client or address may hold without money at a time: unpaid, or free in the last `freeHours`. Typed addresses are unverified. */
export const LIMITS = { orders: 3, pieces: MAX_ORDER_PIECES, freeHours: 24 } as const;

export type Placed =
  | { ok: true; number: string; token: string; paymentUrl: string | undefined; waiting: boolean }
  | { ok: false; reason: 'changed'; quote: Quote }
  | { ok: false; reason: 'closed' | 'key-reused' | 'too-many' | 'payment-refused' };
/** `outrun`: someone else took the pieces or the code; what is left is known once this transaction's own are back. `record`: the order as it was just written; absent for one that is older, or already settled. */
type Written =
  | { ok: true; number: string; record?: OrderRecord }
  | Exclude<Placed, { ok: true }>
  | { ok: false; reason: 'outrun' };
interface Context {
  ports: PlacePorts;
  request: OrderRequest;
  clientHash: string;
  requestHash: string;
  testMode: boolean;
}

/** Two requests that would make the same order have the same hash. `previous` is about another order. */
export function hashRequest({
  cart,
  country,
  delivery,
  email,
  locale,
  promotionCode,
  expectedTotal,
}: OrderRequest): string {
  const lines = [...cart.lines]
    .sort((a, b) => (a.sku < b.sku ? -1 : 1))
    .map(({ sku, quantity }) => [sku, quantity]);
  return createHash('sha256')
    .update(
      JSON.stringify([
        lines,
        country,
        email,
        locale,
        promotionCode ?? null,
        expectedTotal,
        ...(delivery === undefined ? [] : [delivery]),
      ]),
    )
    .digest('hex');
}

const ordered = ({
  name,
  slug: _,
  available: __,
  state: ___,
  ...line
}: Quote['lines'][number]): OrderedLine => ({ ...line, title: name });

function placementOf(
  { ports, request, clientHash, requestHash, testMode }: Context,
  quote: Quote,
): Placement {
  const { email, locale, country, idempotencyKey } = request;
  const { subtotal, discount, total, shipping } = quote;
  const number = orderNumber(ports.random);
  return {
    number,
    email,
    locale,
    country,
    idempotencyKey,
    requestHash,
    clientHash,
    testMode,
    subtotal,
    discount,
    total,
    placedAt: ports.now(),
    lines: quote.lines.map(ordered),
    promotionCode: quote.promotion?.code ?? null,
    shipping: shipping?.price ?? cents(0),
    delivery: shipping?.name ?? '',
    minDays: shipping?.minDays ?? 0,
    maxDays: shipping?.maxDays ?? 0,
  };
}

const priced = (unit: Unit, { ports, request }: Context): Promise<Quote> =>
  quoteCart(unit, { ...request, lines: request.cart.lines }, ports.now());

const repeated = async (
  { orders }: Unit,
  { request, requestHash }: Context,
): Promise<Written | null> => {
  const earlier = await orders.byKey(request.idempotencyKey);
  if (!earlier) return null;
  return earlier.requestHash === requestHash
    ? { ok: true, number: earlier.number }
    : { ok: false, reason: 'key-reused' };
};

/** Pieces, then the code's use: always in this order, so that no two orders wait for each other. False: someone was faster. */
async function reserve(unit: Unit, { number, lines, promotionCode }: Placement): Promise<boolean> {
  if (!(await unit.stock.move(number, 'reserve', lines, 'buyer'))) return false;
  return promotionCode === null || unit.promotions.use(promotionCode, number);
}

/** The way of sending that the shopper chose is no longer to be had: another one at the same price is not what was confirmed. */
const otherDelivery = ({ delivery }: OrderRequest, { shipping }: Quote): boolean =>
  delivery !== undefined && shipping?.method !== delivery;

/** The order with all it needs, or nothing. Copies of one request wait for the first at the key, holding no pieces. */
async function write(unit: Unit, context: Context): Promise<Written> {
  const { ports, request, clientHash } = context;
  const earlier = await repeated(unit, context);
  if (earlier) return earlier;
  const quote = await priced(unit, context);
  // What changed may be what this very request's first copy took, just now.
  if (!quote.orderable || quote.total !== request.expectedTotal || otherDelivery(request, quote))
    return (await repeated(unit, context)) ?? { ok: false, reason: 'changed', quote };
  const placement = placementOf(context, quote);
  const { number, total, testMode, lines, email } = placement;
  if (!(await unit.orders.insert(placement)))
    return (await repeated(unit, context)) ?? { ok: false, reason: 'key-reused' };
  // Free orders are what holds free orders back; one that is paid for has its price to do that.
  const freeSince = new Date(
    placement.placedAt.getTime() - (total === 0 ? LIMITS.freeHours * 3_600_000 : 0),
  );
  const held = await unit.orders.held({ clientHash, email, except: number, freeSince });
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, held.pieces);
  if (held.orders >= LIMITS.orders || pieces > LIMITS.pieces)
    return { ok: false, reason: 'too-many' };
  await unit.orders.addEvent(number, {
    kind: 'placed',
    actor: 'buyer',
    at: placement.placedAt,
    detail: { total },
  });
  // Last, because everyone who wants the same pieces waits for the commit from here on.
  if (!(await reserve(unit, placement))) return { ok: false, reason: 'outrun' };
  const record: OrderRecord = {
    order: place({ number, total, testMode, lines }).order,
    placement,
    delivery: { address: null, phone: null },
  };
  if (total > 0) return { ok: true, number, record };
  await applyEvent(unit, ports, record, { kind: 'settled-free', at: placement.placedAt }, 'shop');
  return { ok: true, number };
}

const answer = (number: string, token: string, opening: Opening): Placed => {
  if (opening.kind === 'refused') return { ok: false, reason: 'payment-refused' };
  return {
    ok: true,
    number,
    token,
    paymentUrl: opening.kind === 'open' ? opening.url : undefined,
    waiting: opening.kind === 'waiting',
  };
};

/** One's own unpaid order steps aside. @returns it, when it turns out to be paid already: buying again would be by mistake */
async function supersede(
  ports: PlacePorts,
  previous: OrderRequest['previous'],
): Promise<Placed | null> {
  if (!previous || !ports.tokenFits(previous.number, previous.token)) return null;
  const outcome = await closeOrder(ports)(previous.number, 'replaced');
  return outcome === 'paid'
    ? { ok: true, ...previous, paymentUrl: undefined, waiting: false }
    : null;
}

/**
 * Places an order: prices, stock, code and limits are checked and taken in one transaction, then the payment page is asked for.
 * The same key with the same request has the same answer, however many arrive at once. `clientHash` stands for the buyer's address.
 */
export const placeOrder =
  (ports: PlacePorts, open = openPayment(ports)) =>
  async (request: OrderRequest, clientHash: string): Promise<Placed> => {
    const available = ports.payments.available();
    if (!available.ok) return { ok: false, reason: 'closed' };
    const context: Context = {
      ports,
      request,
      clientHash,
      requestHash: hashRequest(request),
      testMode: available.testMode,
    };
    // A repeated request must not close anything; without an order to replace, the transaction below looks itself.
    const earlier = request.previous
      ? await ports.inTransaction((unit) => repeated(unit, context))
      : null;
    const replaced = earlier ? null : await supersede(ports, request.previous);
    if (replaced) return replaced;
    const written =
      earlier ?? (await allOrNothing(ports.inTransaction, (unit) => write(unit, context)));
    if (!written.ok && written.reason === 'outrun')
      return {
        ok: false,
        reason: 'changed',
        quote: await ports.inTransaction((unit) => priced(unit, context)),
      };
    if (!written.ok) return written;
    return answer(
      written.number,
      ports.tokenOf(written.number),
      await open(written.number, written.record),
    );
  };
