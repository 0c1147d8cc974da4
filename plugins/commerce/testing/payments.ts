import { cents, type Cents } from '../domain/cents.ts';
import type { Opened, PayableOrder, Payments, PaymentSession } from '../domain/payments-port.ts';

/** A payment provider in memory: idempotent by order and attempt, as the real one; `refuse` and `hang` make it fail. Tests only. */
export interface FakePayments extends Payments {
  sessions: Map<string, PaymentSession>;
  refunds: Map<string, { paymentIntent: string; amount: Cents }>;
  opened: number;
  mode: 'works' | 'refuses' | 'hangs' | 'closed';
  /** The buyer pays a session; `change` what the provider says of it. */
  pay(sessionId: string, change?: Partial<PaymentSession>): PaymentSession;
}

const ADDRESS = { name: 'Ana', line1: '1 rue Haute', line2: '', postalCode: '67000', city: 'Strasbourg', country: 'FR' };

function openSession(fake: FakePayments, { number, total }: PayableOrder, attempt: number): Opened {
  fake.opened += 1;
  if (fake.mode === 'refuses') return { kind: 'refused', message: 'No.' };
  const id = `cs_${number}_${attempt}`;
  // A timeout may come after the session was made.
  if (!fake.sessions.has(id)) fake.sessions.set(id, { id, state: 'open', paid: false, amount: total, currency: 'eur', paymentIntent: null, livemode: false, orderNumber: number, email: null, phone: null, shippingAddress: null });
  return fake.mode === 'hangs' ? { kind: 'unknown' } : { kind: 'open', sessionId: id, url: `https://pay.test/${id}`, expiresAt: new Date('2026-12-31T00:00:00Z') };
}

function expireSession({ sessions, mode }: FakePayments, id: string): 'expired' | 'complete' | 'unknown' {
  const session = sessions.get(id);
  if (mode === 'hangs' || !session) return 'unknown';
  if (session.state === 'complete') return 'complete';
  sessions.set(id, { ...session, state: 'expired' });
  return 'expired';
}

export function fakePayments(): FakePayments {
  const sessions = new Map<string, PaymentSession>();
  const fake: FakePayments = {
    sessions, refunds: new Map(), opened: 0, mode: 'works',
    available: () => (fake.mode === 'closed' ? { ok: false, reason: 'no-keys' } : { ok: true, testMode: true }),
    open: (order, attempt) => Promise.resolve(openSession(fake, order, attempt)),
    read: (id) => Promise.resolve(sessions.get(id) ?? null),
    expire: (id) => Promise.resolve(expireSession(fake, id)),
    async refund({ key, paymentIntent, amount }) {
      if (fake.mode === 'hangs') return { kind: 'unknown' };
      if (fake.mode === 'refuses') return { kind: 'refused', message: 'No.' };
      fake.refunds.set(key, { paymentIntent, amount });
      return { kind: 'done', refundId: `re_${key}`, status: 'succeeded' };
    },
    pay(id, change = {}) {
      const session = sessions.get(id) ?? { id, amount: cents(0), currency: 'eur', livemode: false, orderNumber: null, email: null };
      const paid: PaymentSession = { ...session, state: 'complete', paid: true, paymentIntent: `pi_${id}`, phone: '+33', shippingAddress: ADDRESS, ...change };
      sessions.set(id, paid);
      return paid;
    },
  };
  return fake;
}
