import type { Core } from '@strapi/strapi';

import type { Payments } from '../../../domain/payments-port.ts';
import { advanceOrder } from '../../../usecases/advance-order.ts';
import { closeOverdue } from '../../../usecases/close-overdue.ts';
import { makeRefunds, retryRefunds } from '../../../usecases/make-refunds.ts';
import { placeOrder } from '../../../usecases/place-order.ts';
import { quoteCart } from '../../../usecases/quote-cart.ts';
import { readOrder } from '../../../usecases/read-order.ts';
import { closeOrder, releaseOrder } from '../../../usecases/release-order.ts';
import { resumePayments } from '../../../usecases/resume-payment.ts';
import { sendOrderLinks } from '../../../usecases/send-order-links.ts';
import { settlePayment } from '../../../usecases/settle-payment.ts';
import { staffService } from '../staff/staff-service.ts';
import type { OrderUseCases } from './shopper-controller.ts';
import {
  type Enqueue,
  NO_PAYMENTS,
  type Provided,
  type Settings,
  settingsSchema,
  shopPorts,
  showLevel,
  unitOn,
} from './strapi-ports.ts';

function settingsOf(strapi: Core.Strapi): Settings {
  const config = (name: string): unknown => strapi.plugin('commerce').config(name);
  return settingsSchema.parse({
    orderLinkSecret: config('orderLinkSecret'),
    clientAddressSecret: config('clientAddressSecret'),
    siteUrl: config('siteUrl'),
    apiUrl: config('apiUrl'),
  });
}

/** Orders as other plugins reach them: `strapi.plugin('commerce').service('orders')`. */
export function ordersService({ strapi }: { strapi: Core.Strapi }) {
  const settings = settingsOf(strapi);
  const provided: Provided = { payments: NO_PAYMENTS, enqueue: () => Promise.resolve() };
  const ports = shopPorts(strapi, settings, provided);
  const reading = () =>
    unitOn(strapi.db.connection, provided, () =>
      Promise.reject(new Error('Stock moves in transactions only')),
    );
  const forShoppers: OrderUseCases = {
    // Reads only, so without a transaction: three statements instead of five.
    quote: (request) =>
      quoteCart(reading(), { ...request, lines: request.cart.lines }, ports.now()),
    place: placeOrder(ports),
    read: readOrder({
      inTransaction: (work) => work(reading()),
      now: ports.now,
      secret: settings.orderLinkSecret,
    }),
    sendLinks: sendOrderLinks(ports),
    secret: () => settings.clientAddressSecret,
    now: ports.now,
    warn: (message) => {
      strapi.log.warn(message);
    },
  };
  return {
    ...forShoppers,
    /** For levels that staff change. */
    showLevel: showLevel(strapi, settings, provided),
    /** What the admin's pages ask. */
    staff: staffService(strapi, ports),
    /** Called once by the stripe plugin. */
    providePayments: (payments: Payments): void => {
      provided.payments = payments;
    },
    /** Whether a payment provider is registered, and takes payments. */
    takesPayments: (): boolean => provided.payments.available().ok,
    /** Called once, with the mailer's outbox. */
    provideMails: (enqueue: Enqueue): void => {
      provided.enqueue = enqueue;
    },
    settlePayment: settlePayment(ports),
    releaseOrder: releaseOrder(ports),
    closeOrder: closeOrder(ports),
    closeOverdue: closeOverdue(ports),
    resumePayments: resumePayments(ports),
    makeRefunds: makeRefunds(ports),
    retryRefunds: retryRefunds(ports),
    advanceOrder: advanceOrder(ports),
  };
}
export type OrdersService = ReturnType<typeof ordersService>;
