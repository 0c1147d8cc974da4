import {
  cancellationSchema,
  type OrderListMeta,
  type OrderListQuery,
  orderListQuerySchema,
  type OrderSummary,
  type RefundForm,
  refundFormSchema,
  shipmentSchema,
  type StaffOrder,
  type Today,
} from '../../../domain/staff-order-api.ts';
import type { StaffOutcome, StaffRefusal } from '../../../usecases/staff-order-actions.ts';
import {
  accept,
  actorOf,
  may,
  refuse,
  type StaffExchange,
  staffRoute,
  wordIn,
} from './admin-request.ts';

type Act<Input> = (number: string, input: Input, actor: string) => Promise<StaffOutcome>;
/** What the order pages ask of the shop. */
export interface StaffOrders {
  list(query: OrderListQuery): Promise<{ data: OrderSummary[]; meta: OrderListMeta }>;
  show(number: string): Promise<StaffOrder | null>;
  today(): Promise<Today>;
  prepare: Act<void>;
  retryRefunds: Act<void>;
  ship: Act<{ carrier: string; trackingNumber: string }>;
  cancel: Act<{ reason: string }>;
  closeSettledElsewhere: Act<{ reason: string }>;
  approve: Act<void>;
  refund: Act<RefundForm>;
}

const LATER = 'Réessayez dans un instant ; rien n’a été changé.';
const REFUSALS: Readonly<Record<StaffRefusal, readonly [status: number, message: string]>> = {
  'unknown-order': [404, 'Cette commande n’existe pas.'],
  'not-allowed': [
    409,
    'L’état de la commande ne le permet plus : quelqu’un d’autre l’a peut-être changé. Rechargez la page.',
  ],
  'session-open': [409, `Le client peut encore payer : Stripe n’a pas répondu. ${LATER}`],
  'session-unknown': [409, `Le paiement n’est pas encore connu. ${LATER}`],
  'payment-unknown': [409, `Le paiement n’est pas encore connu. ${LATER}`],
  'provider-away': [503, `Stripe ne répond pas. ${LATER}`],
  'paid-meanwhile': [409, 'La commande vient d’être payée. Rechargez la page avant de décider.'],
  'stock-short': [
    409,
    'Il manque des pièces en stock pour servir cette commande : ajoutez-en d’abord à la page « Stock », ou annulez.',
  ],
  'not-paid': [409, 'Cette commande n’a rien d’encaissé : il n’y a rien à accepter.'],
  amount: [
    400,
    'amount : indiquez un montant supérieur à zéro, qui ne dépasse pas ce qui reste à rembourser.',
  ],
  lines: [400, 'lines : ces pièces ne sont pas dans la commande, ou sont déjà remboursées.'],
  shipping: [400, 'shipping : la livraison est déjà remboursée.'],
  pieces: [
    400,
    'restock : ces pièces sont déjà revenues en stock. Décochez « Remettre en stock ».',
  ],
};

async function answer(
  ctx: StaffExchange,
  orders: StaffOrders,
  outcome: StaffOutcome,
): Promise<void> {
  if (!outcome.ok) return refuse(ctx, ...REFUSALS[outcome.reason], { reason: outcome.reason });
  ctx.body = { data: await orders.show(wordIn(ctx, 'number')) };
}

/** Deeds that ask for nothing, and those that ask for a reason. */
const deeds = (orders: () => StaffOrders) => ({
  simple:
    (act: 'prepare' | 'approve' | 'retryRefunds') =>
    async (ctx: StaffExchange): Promise<void> =>
      answer(ctx, orders(), await orders()[act](wordIn(ctx, 'number'), undefined, actorOf(ctx))),
  withReason:
    (act: 'cancel' | 'closeSettledElsewhere') =>
    async (ctx: StaffExchange): Promise<void> => {
      const asked = accept(ctx, cancellationSchema, ctx.request.body);
      if (asked)
        await answer(
          ctx,
          orders(),
          await orders()[act](wordIn(ctx, 'number'), asked, actorOf(ctx)),
        );
    },
});

/** The day, without its money for roles that do not decide about any. */
async function today(ctx: StaffExchange, orders: StaffOrders): Promise<void> {
  const figures = await orders.today();
  ctx.body = { data: { ...figures, revenue: may(ctx, 'orders.money') ? figures.revenue : null } };
}

/** The order pages' routes. `orders` is looked up at each request. */
export const staffOrderController = (orders: () => StaffOrders) => () => {
  const { simple, withReason } = deeds(orders);
  return {
    async list(ctx: StaffExchange): Promise<void> {
      const query = accept(ctx, orderListQuerySchema, ctx.query);
      if (query) ctx.body = await orders().list(query);
    },
    async show(ctx: StaffExchange): Promise<void> {
      const order = await orders().show(wordIn(ctx, 'number'));
      if (order) ctx.body = { data: order };
      else refuse(ctx, ...REFUSALS['unknown-order']);
    },
    today: (ctx: StaffExchange): Promise<void> => today(ctx, orders()),
    prepare: simple('prepare'),
    approve: simple('approve'),
    retryRefunds: simple('retryRefunds'),
    async ship(ctx: StaffExchange): Promise<void> {
      const asked = accept(ctx, shipmentSchema, ctx.request.body);
      if (asked)
        await answer(
          ctx,
          orders(),
          await orders().ship(wordIn(ctx, 'number'), asked, actorOf(ctx)),
        );
    },
    cancel: withReason('cancel'),
    closeSettledElsewhere: withReason('closeSettledElsewhere'),
    async refund(ctx: StaffExchange): Promise<void> {
      const asked = accept(ctx, refundFormSchema, ctx.request.body);
      if (asked)
        await answer(
          ctx,
          orders(),
          await orders().refund(wordIn(ctx, 'number'), asked, actorOf(ctx)),
        );
    },
  };
};

export const staffOrderRoutes = [
  staffRoute('orders.read', 'GET', '/orders', 'staffOrders.list'),
  staffRoute('orders.read', 'GET', '/orders/:number', 'staffOrders.show'),
  staffRoute('orders.read', 'GET', '/today', 'staffOrders.today'),
  staffRoute('orders.fulfil', 'POST', '/orders/:number/preparation', 'staffOrders.prepare'),
  staffRoute('orders.fulfil', 'POST', '/orders/:number/shipment', 'staffOrders.ship'),
  staffRoute('orders.money', 'POST', '/orders/:number/cancellation', 'staffOrders.cancel'),
  staffRoute(
    'orders.money',
    'POST',
    '/orders/:number/put-aside',
    'staffOrders.closeSettledElsewhere',
  ),
  staffRoute('orders.money', 'POST', '/orders/:number/approval', 'staffOrders.approve'),
  staffRoute('orders.money', 'POST', '/orders/:number/refunds', 'staffOrders.refund'),
  staffRoute('orders.money', 'POST', '/orders/:number/refunds/retry', 'staffOrders.retryRefunds'),
];
