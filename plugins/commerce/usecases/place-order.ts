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
/**
 * What one client or address may hold without money at a time: unpaid, or free in the last
 * `freeHours`. Typed addresses are unverified.
 */
export const LIMITS = { orders: 3, pieces: MAX_ORDER_PIECES, freeHours: 24 } as const;

export type Placed =
  | { ok: true; number: string; token: string; paymentUrl: string | undefined; waiting: boolean }
  | { ok: false; reason: 'changed'; quote: Quote }
  | { ok: false; reason: 'closed' | 'key-reused' | 'too-many' | 'payment-refused' };
/**
 * `outrun`: another order took the pieces or the code; what is left is known once this
 * transaction's own are back. `record`: the order as it was just written; absent for one that is
 * older, or already settled.
 */
type WriteOutcome =
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

/**
 * Two requests that would make the same order have the same hash. `previous` is about another
 * order.
 */
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
): Promise<WriteOutcome | null> => {
  const earlier = await orders.byKey(request.idempotencyKey);
  if (!earlier) return null;
  return earlier.requestHash === requestHash
    ? { ok: true, number: earlier.number }
    : { ok: false, reason: 'key-reused' };
};

/**
 * Pieces, then the code's use: always in this order, so that no two orders wait for each other.
 * False when another order was faster.
 */
async function reserve(unit: Unit, { number, lines, promotionCode }: Placement): Promise<boolean> {
  if (!(await unit.stock.move(number, 'reserve', lines, 'buyer'))) return false;
  return promotionCode === null || unit.promotions.use(promotionCode, number);
}

/**
 * The way of sending that the shopper chose is no longer to be had: another one at the same price
 * is not what was confirmed.
 */
const otherDelivery = ({ delivery }: OrderRequest, { shipping }: Quote): boolean =>
  delivery !== undefined && shipping?.method !== delivery;

/** Whether the quote is no longer what the shopper confirmed. */
const changed = (request: OrderRequest, quote: Quote): boolean =>
  !quote.orderable || quote.total !== request.expectedTotal || otherDelivery(request, quote);

/** Whether the buyer holds as much without money as {@link LIMITS} allow, with this order. */
async function exceedsLimits(
  unit: Unit,
  { number, clientHash, email, lines, total, placedAt }: Placement,
): Promise<boolean> {
  // Free orders count against free ones only: an order that is paid for is limited by its price.
  const freeMs = total === 0 ? LIMITS.freeHours * 3_600_000 : 0;
  const freeSince = new Date(placedAt.getTime() - freeMs);
  const held = await unit.orders.held({ clientHash, email, except: number, freeSince });
  const pieces = lines.reduce((total, { quantity }) => total + quantity, held.pieces);
  return held.orders >= LIMITS.orders || pieces > LIMITS.pieces;
}

/** The order as it was just written. */
function newRecord(placement: Placement): OrderRecord {
  const { number, total, testMode, lines } = placement;
  return {
    order: place({ number, total, testMode, lines }).order,
    placement,
    delivery: { address: null, phone: null },
  };
}

/**
 * Writes the order with all it needs, or nothing. Copies of one request wait for the first at the
 * key, holding no pieces.
 */
async function write(unit: Unit, context: Context): Promise<WriteOutcome> {
  const earlier = await repeated(unit, context);
  if (earlier) return earlier;
  const quote = await priced(unit, context);
  // What changed may be what this very request's first copy took, just now.
  if (changed(context.request, quote))
    return (await repeated(unit, context)) ?? { ok: false, reason: 'changed', quote };

  const placement = placementOf(context, quote);
  const { number, total, placedAt: at } = placement;
  if (!(await unit.orders.insert(placement)))
    return (await repeated(unit, context)) ?? { ok: false, reason: 'key-reused' };
  if (await exceedsLimits(unit, placement)) return { ok: false, reason: 'too-many' };
  await unit.orders.addEvent(number, { kind: 'placed', actor: 'buyer', at, detail: { total } });
  // Last, because other orders of the same pieces wait for the commit from here on.
  if (!(await reserve(unit, placement))) return { ok: false, reason: 'outrun' };

  const record = newRecord(placement);
  if (total > 0) return { ok: true, number, record };
  await applyEvent(unit, context.ports, record, { kind: 'settled-free', at }, 'shop');
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

/**
 * Closes the shopper's own unpaid order that this one replaces.
 * @returns it, when it turns out to be paid already: buying again would be by mistake
 */
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
 * Places an order: prices, stock, code and limits are checked and taken in one transaction, then
 * the payment page is asked for. The same key with the same request has the same answer, however
 * many arrive at once. `clientHash` stands for the buyer's address.
 */
export const placeOrder =
  (ports: PlacePorts) =>
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
    // A repeated request must not close anything; without an order to replace, the transaction
    // below looks itself.
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
      await openPayment(ports)(written.number, written.record),
    );
  };
