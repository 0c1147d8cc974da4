import {
  differenceSchema,
  type Failures,
  type StaffOrder,
} from '../../../domain/staff-order-api.ts';
import {
  accept,
  actorOf,
  refuse,
  type StaffExchange,
  staffRoute,
  wordIn,
} from './admin-request.ts';

/** Mails and webhooks, as the pages ask for them. */
export interface StaffMessages {
  failures(): Promise<Failures>;
  /** Both answer whether there is such a message; of an order: whether it is one of its own. */
  mailAgain(key: string, order?: string): Promise<boolean>;
  webhookAgain(id: string, order?: string): Promise<boolean>;
  show(number: string): Promise<StaffOrder | null>;
  /**
   * Staff have dealt with what was given up, or with what two ledgers disagree about.
   * @returns whether it was open
   */
  dismissWebhook(id: string): Promise<boolean>;
  dismissDifference(difference: { kind: string; object: string }, actor: string): Promise<boolean>;
}
type Again = 'mailAgain' | 'webhookAgain';
const CLOSED = 'C’est déjà classé : rechargez la page.';

const GONE: Readonly<Record<Again, string>> = {
  mailAgain: 'Cet e-mail n’existe plus : rechargez la page.',
  webhookAgain: 'Ce message de Stripe n’existe plus, ou attend déjà son tour : rechargez la page.',
};

/** Second tries, for an order's own messages and for all that were given up. */
export const staffMessageController = (messages: () => StaffMessages) => () => {
  const ofOrder =
    (again: Again, name: string) =>
    async (ctx: StaffExchange): Promise<void> => {
      const number = wordIn(ctx, 'number');
      if (!(await messages()[again](wordIn(ctx, name), number)))
        return refuse(ctx, 404, GONE[again]);
      ctx.body = { data: await messages().show(number) };
    };
  const ofAny =
    (again: Again, name: string) =>
    async (ctx: StaffExchange): Promise<void> => {
      if (!(await messages()[again](wordIn(ctx, name)))) return refuse(ctx, 404, GONE[again]);
      ctx.body = { data: await messages().failures() };
    };
  return {
    async failures(ctx: StaffExchange): Promise<void> {
      ctx.body = { data: await messages().failures() };
    },
    orderMail: ofOrder('mailAgain', 'key'),
    orderWebhook: ofOrder('webhookAgain', 'id'),
    async dismissWebhook(ctx: StaffExchange): Promise<void> {
      if (await messages().dismissWebhook(wordIn(ctx, 'id')))
        ctx.body = { data: await messages().failures() };
      else refuse(ctx, 404, CLOSED);
    },
    async dismissDifference(ctx: StaffExchange): Promise<void> {
      const asked = accept(ctx, differenceSchema, ctx.request.body);
      if (!asked) return;
      if (await messages().dismissDifference(asked, actorOf(ctx)))
        ctx.body = { data: await messages().failures() };
      else refuse(ctx, 404, CLOSED);
    },
    anyMail: ofAny('mailAgain', 'key'),
    anyWebhook: ofAny('webhookAgain', 'id'),
  };
};

export const staffMessageRoutes = [
  staffRoute('orders.read', 'GET', '/failures', 'staffMessages.failures'),
  staffRoute(
    'orders.replay',
    'POST',
    '/orders/:number/mails/:key/replay',
    'staffMessages.orderMail',
  ),
  staffRoute(
    'orders.replay',
    'POST',
    '/orders/:number/events/:id/replay',
    'staffMessages.orderWebhook',
  ),
  staffRoute(
    'orders.money',
    'POST',
    '/failures/events/:id/dismissal',
    'staffMessages.dismissWebhook',
  ),
  staffRoute(
    'orders.money',
    'POST',
    '/failures/differences/dismissal',
    'staffMessages.dismissDifference',
  ),
  staffRoute('orders.replay', 'POST', '/failures/mails/:key/replay', 'staffMessages.anyMail'),
  staffRoute('orders.replay', 'POST', '/failures/events/:id/replay', 'staffMessages.anyWebhook'),
];
