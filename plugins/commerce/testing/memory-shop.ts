import { cents } from '../domain/cents.ts';
import { place as placed, STOCK_MOVES, type Order, type StockMove } from '../domain/order.ts';
import type { OrderMailMessage, OrderRecord, OrderStore, Placement, Prices, Stock, TimelineEntry, Unit } from '../domain/order-ports.ts';
import { hashOrderToken } from '../domain/order-token.ts';
import type { PlacePorts } from '../usecases/place-order.ts';
import { fakePayments, type FakePayments } from './payments.ts';

type Row = { placement: Placement; order: Order; delivery: OrderRecord['delivery']; events: TimelineEntry[] };
/** All a transaction can change; copied to undo it. */
interface State { orders: Map<string, Row>; levels: Map<string, { onHand: number; reserved: number }>; mails: OrderMailMessage[] }
export interface MemoryShop { ports: PlacePorts; payments: FakePayments; state: State; clock: { now: Date }; open: boolean }

export const PRICE = 2800;
export const CARRIAGE = 500;

const stock = ({ levels }: State): Stock => {
  const free = (lines: Order['lines']): boolean => lines.every(({ sku, quantity }) => { const level = levels.get(sku); return level !== undefined && level.onHand - level.reserved >= quantity; });
  return {
    pieces: async (lines) => (free(lines) ? 'available' : 'short'),
    async move(_number, move: StockMove, lines) {
      if ((move === 'reserve' || move === 'take') && !free(lines)) return false;
      for (const { sku, quantity } of lines) {
        const level = levels.get(sku) ?? { onHand: 0, reserved: 0 };
        levels.set(sku, { onHand: level.onHand + STOCK_MOVES[move].onHand * quantity, reserved: level.reserved + STOCK_MOVES[move].reserved * quantity });
      }
      return true;
    },
  };
};

const prices = (shop: MemoryShop): Prices => ({
  lines: async (cart) => cart.map(({ sku, quantity }) => {
    const level = shop.state.levels.get(sku);
    return { sku, quantity, reference: sku, slug: sku, name: 'Tasse', label: '', unitPrice: cents(PRICE), vatRate: 2000, weight: 300, available: level ? level.onHand - level.reserved : 0, known: level !== undefined };
  }),
  settings: async () => ({ open: shop.open, rates: [{ country: 'FR', price: cents(CARRIAGE), freeFrom: null, maxWeight: null, minDays: 2, maxDays: 4 }], email: 'shop@example.fr' }),
});

function store({ orders }: State): OrderStore {
  const row = (number: string): Row => { const found = orders.get(number); if (!found) throw new Error(`No order ${number}`); return found; };
  const set = (number: string, change: Partial<Row>): Promise<void> => { orders.set(number, { ...row(number), ...change }); return Promise.resolve(); };
  const read = (number: string): Promise<OrderRecord | null> => Promise.resolve(orders.get(number) ?? null);
  return {
    byKey: async (key) => [...orders.values()].map(({ placement }) => placement).find(({ idempotencyKey }) => idempotencyKey === key) ?? null,
    async insert(placement) {
      orders.set(placement.number, { placement, order: placed(placement).order, delivery: { address: null, phone: null }, events: [] });
      return true;
    },
    lock: async (number) => { const found = await read(number); return found && { ...found }; }, read,
    save: (order) => set(order.number, { order }), setDelivery: (number, delivery) => set(number, { delivery }),
    // The transition has put payments and refunds on the order already; in SQL they are rows.
    addPayment: () => Promise.resolve(), addRefund: () => Promise.resolve(),
    addEvent: (number, entry) => set(number, { events: [...row(number).events, entry] }),
    async held({ clientHash, email, except }) {
      const mine = [...orders.values()].filter(({ placement: p, order }) => order.status === 'pending' && p.number !== except && (p.clientHash === clientHash || p.email === email));
      return { orders: mine.length, pieces: mine.flatMap(({ placement }) => placement.lines).reduce((sum, { quantity }) => sum + quantity, 0) };
    },
    withoutSession: async (before) => [...orders.values()].filter(({ order, placement }) => order.status === 'pending' && order.sessionId === null && placement.placedAt < before).map(({ order }) => order.number),
    numbersOf: async (email) => [...orders.values()].filter(({ placement }) => placement.email === email).map(({ order }) => order.number),
    openWishes: async () => [...orders.values()].flatMap(({ order }) => order.inFlight.map((wish) => ({ number: order.number, wish }))),
  };
}

const unitOf = (shop: MemoryShop): Unit => ({
  orders: store(shop.state), stock: stock(shop.state), prices: prices(shop),
  promotions: { find: async () => null, use: async () => false, release: async () => undefined },
  mails: { enqueue: async (mail) => { if (!shop.state.mails.some(({ key }) => key === mail.key)) shop.state.mails.push(mail); } },
});

/** The use cases in memory: transactions run one after another and are undone by an error. Tests only. */
export function memoryShop(pieces: number): MemoryShop {
  let last: Promise<unknown> = Promise.resolve();
  let seed = 0;
  const run = async <T>(work: (unit: Unit) => Promise<T>): Promise<T> => {
    const { orders, levels, mails } = shop.state;
    const before: State = { orders: new Map(orders), levels: new Map(levels), mails: [...mails] };
    try { return await work(unitOf(shop)); } catch (error) { shop.state = before; throw error; }
  };
  const payments = fakePayments();
  const ports: PlacePorts = {
    payments, now: () => shop.clock.now, tokenOf: (number) => hashOrderToken(number), tokenFits: (number, token) => token === hashOrderToken(number),
    links: { order: (number) => `https://shop.test/commande/${number}`, staff: (number) => `https://shop.test/admin/${number}` },
    random: (bytes) => Uint8Array.from({ length: bytes }, (_, index) => ((seed += 1) * 37 + index) % 256),
    inTransaction: (work) => { const mine = last.then(() => run(work)); last = mine.catch(() => undefined); return mine; },
  };
  const shop: MemoryShop = { ports, payments, clock: { now: new Date('2026-11-25T12:00:00Z') }, open: true, state: { orders: new Map(), levels: new Map([['cup', { onHand: pieces, reserved: 0 }]]), mails: [] } };
  return shop;
}
