import { setTimeout } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { rows } from '@comptoir/database';

import { listOrders, timelineOf, todayFigures } from '../../../adapters/staff-orders-sql.ts';
import { keptImbalances } from '../../../adapters/stock-balance.ts';
import type { Cents } from '../../../domain/cents.ts';
import type { MailLog, WebhookLog } from '../../../domain/message-log.ts';
import type { Failures, StaffOrder, Today } from '../../../domain/staff-order-api.ts';
import { differenceWords, mailWords } from '../../../domain/staff-words.ts';
import { makeRefunds } from '../../../usecases/make-refunds.ts';
import type { PaymentPorts } from '../../../usecases/open-payment.ts';
import {
  approveOrder,
  cancelOrder,
  closeOrderSettledElsewhere,
  refundOrder,
  retryFailedRefunds,
  shipOrder,
  type StaffOutcome,
  startPreparing,
} from '../../../usecases/staff-order-actions.ts';
import { objectsOf, staffOrder } from '../../../usecases/staff-view.ts';
import type { StaffMessages } from './message-controller.ts';
import type { StaffOrders } from './order-controller.ts';

const MOST_FAILURES = 50;
const mailLog = (strapi: Core.Strapi): MailLog => strapi.plugin('mailer').service('log');
const webhookLog = (strapi: Core.Strapi): WebhookLog => strapi.plugin('stripe').service('log');

/** An order with everything that is told of it; null when there is none. */
async function show(
  strapi: Core.Strapi,
  ports: PaymentPorts,
  number: string,
): Promise<StaffOrder | null> {
  const record = await ports.inTransaction(({ orders }) => orders.read(number));
  if (!record) return null;
  const { events, movements, refunds } = await timelineOf(strapi.db.connection, number);
  const [mails, webhooks] = await Promise.all([
    mailLog(strapi).about(number),
    webhookLog(strapi).about(objectsOf(record, events)),
  ]);
  return staffOrder(
    record,
    { events, movements, refunds, mails, webhooks },
    ports.links.order(number, record.placement.locale),
  );
}

/** Orders of the provider's objects: sessions, payments and refunds. */
const ORDER_OF = `
  select distinct o.number, k.id
  from unnest(:ids::text[]) k (id) join orders o on o.stripe_session_id = k.id
  union
  select p.order_number, k.id
  from unnest(:ids::text[]) k (id) join payments p
    on p.stripe_payment_intent = k.id or p.stripe_session_id = k.id
  union
  select r.order_number, k.id
  from unnest(:ids::text[]) k (id) join refunds r on r.stripe_refund = k.id`;
const orderOfSchema = z.object({ number: z.string(), id: z.string() });

/** What was given up, with the order it is about where that is known. */
async function failures(strapi: Core.Strapi): Promise<Failures> {
  const [events, mails, differences, stock] = await Promise.all([
    webhookLog(strapi).dead(MOST_FAILURES),
    mailLog(strapi).dead(MOST_FAILURES),
    webhookLog(strapi).differences(),
    keptImbalances(strapi.db.connection),
  ]);
  const ids = events.flatMap(({ objectId, paymentIntent }) => [
    objectId,
    ...(paymentIntent === null ? [] : [paymentIntent]),
  ]);
  const known = new Map(
    (await rows(strapi.db.connection, orderOfSchema, ORDER_OF, { ids })).map(({ id, number }) => [
      id,
      number,
    ]),
  );
  return {
    events: events.map(({ id, type, error, at, objectId, paymentIntent }) => ({
      id,
      type,
      error,
      at: at.toISOString(),
      order: known.get(objectId) ?? known.get(paymentIntent ?? '') ?? null,
    })),
    mails: mails.map(({ key, kind, to, error, at }) => ({
      key,
      kind: mailWords(kind),
      to,
      error,
      at: at.toISOString(),
    })),
    differences: differences.slice(0, MOST_FAILURES).map(({ foundAt, ...one }) => ({
      ...one,
      title: differenceWords(one.kind),
      at: foundAt.toISOString(),
    })),
    stock: stock.slice(0, MOST_FAILURES).map(({ sku, at }) => ({ sku, at: at.toISOString() })),
  };
}

async function today(strapi: Core.Strapi): Promise<Today & { revenue: Cents }> {
  const [figures, { events, mails, differences, stock }] = await Promise.all([
    todayFigures(strapi.db.connection),
    failures(strapi),
  ]);
  return { ...figures, failures: events.length + mails.length + differences.length + stock.length };
}

/**
 * How long staff wait for Stripe before the page shows a refund as asked for; the next run of the
 * job makes it.
 */
const PATIENCE_MS = 3000;

/** Makes what was just queued at once, so that the page can show it done. */
async function refundsNow(
  strapi: Core.Strapi,
  ports: PaymentPorts,
  outcome: StaffOutcome,
): Promise<StaffOutcome> {
  if (!outcome.ok || !outcome.changed) return outcome;
  const made = makeRefunds(ports)().catch((error: unknown) => {
    strapi.log.warn(
      `refunds wait for their scheduled job: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  await Promise.race([made, setTimeout(PATIENCE_MS, undefined, { ref: false })]);
  return outcome;
}

/** What the admin's pages ask: orders, and the mails and webhooks about them. */
export function staffService(
  strapi: Core.Strapi,
  ports: PaymentPorts,
): StaffOrders & StaffMessages {
  const owns = async (
    order: string | undefined,
    has: (told: StaffOrder) => boolean,
  ): Promise<boolean> => {
    const told = order === undefined ? null : await show(strapi, ports, order);
    return order === undefined || (told !== null && has(told));
  };
  return {
    list: (query) => listOrders(strapi.db.connection, query),
    show: (number) => show(strapi, ports, number),
    today: () => today(strapi),
    failures: () => failures(strapi),
    prepare: startPreparing(ports),
    ship: shipOrder(ports),
    approve: approveOrder(ports),
    closeSettledElsewhere: closeOrderSettledElsewhere(ports),
    cancel: async (...asked) => refundsNow(strapi, ports, await cancelOrder(ports)(...asked)),
    refund: async (...asked) => refundsNow(strapi, ports, await refundOrder(ports)(...asked)),
    retryRefunds: async (...asked) =>
      refundsNow(strapi, ports, await retryFailedRefunds(ports)(...asked)),
    mailAgain: async (key, order) =>
      (await owns(order, ({ timeline }) =>
        timeline.some((item) => item.kind === 'mail' && item.key === key),
      )) && mailLog(strapi).again(key),
    dismissWebhook: (id) => webhookLog(strapi).dismiss(id),
    dismissDifference: (difference, actor) =>
      webhookLog(strapi).dismissDifference(difference, actor),
    webhookAgain: async (id, order) =>
      (await owns(order, ({ timeline }) =>
        timeline.some((item) => item.kind === 'webhook' && item.id === id),
      )) && webhookLog(strapi).again(id),
  };
}
