import type { Core } from '@strapi/strapi';
import type Stripe from 'stripe';
import { nightlyDue } from '@comptoir/jobs';

import {
  differenceBook,
  lastCompared,
  noteCompared,
  shopLedger,
} from '../../adapters/shop-ledger.ts';
import { sessionOfPayment, stripeLedger } from '../../adapters/stripe-ledger.ts';
import { comparisonWindow, type Difference } from '../../domain/ledger-differences.ts';
import {
  compareLedgers,
  type ComparePorts,
  type ComparisonReport,
} from '../../usecases/compare-ledgers.ts';
import type { OrdersPort } from '../../usecases/orders-port.ts';
import type { StepPorts } from './webhook-worker.ts';

export interface LedgerParts {
  stripe: Stripe;
  livemode: boolean;
  orders(): OrdersPort;
  handle: StepPorts['handle'];
  now(): Date;
  log: StepPorts['log'];
}

/**
 * What a lost webhook would have done: the payment's session is settled, the refund is read again.
 */
async function heal({ stripe, handle }: LedgerParts, { object }: Difference): Promise<void> {
  if (object.startsWith('re_')) {
    await handle({ type: 'refund.updated', id: object, paymentIntent: null });
    return;
  }
  const id = await sessionOfPayment(stripe, object);
  if (id !== null) await handle({ type: 'checkout.session.completed', id, paymentIntent: object });
}

/** Logs a new difference in one line, and puts its order before staff. */
async function reportDifference(
  { orders, log }: LedgerParts,
  { kind: name, object, order, detail }: Difference,
): Promise<void> {
  log('warn', `stripe ledger difference ${JSON.stringify({ name, object, order, detail })}`);
  if (order !== null)
    await orders().advanceOrder(
      order,
      () => Promise.resolve({ kind: 'flagged', id: `${name}-${object}`, reason: 'ledger' }),
      'stripe',
    );
}

/**
 * Compares both ledgers both ways: `compare` at once, `nightly` when a night's comparison is due.
 */
export function ledgerComparison(strapi: Core.Strapi, parts: LedgerParts) {
  const database = strapi.db.connection;
  const ports: ComparePorts = {
    stripe: stripeLedger(parts.stripe),
    ledger: shopLedger(database, parts.livemode),
    book: differenceBook(database),
    heal: (difference) => heal(parts, difference),
    onNewDifference: (difference) => reportDifference(parts, difference),
  };
  const compare = async (): Promise<ComparisonReport> => {
    const now = parts.now();
    const compared = await compareLedgers(ports)(
      comparisonWindow(await lastCompared(database), now),
    );
    await noteCompared(database, now);
    const { payments, refunds, healed, found, open } = compared;
    parts.log(
      found + healed > 0 ? 'warn' : 'info',
      `stripe ledgers compared: ${payments} payments, ${refunds} refunds; ${healed} made good, ${found} new differences, ${open} open`,
    );
    return compared;
  };
  const nightly = async (): Promise<void> => {
    if (nightlyDue(await lastCompared(database), parts.now())) await compare();
  };
  return { compare, nightly };
}
