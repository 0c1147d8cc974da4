import type { Core } from '@strapi/strapi';

import type { Enqueue } from './strapi-ports.ts';

/**
 * The mailer's outbox for orders. A mail that cannot leave (a shop without an e-mail address) is
 * kept there for staff: it never undoes a payment.
 */
export const outboxOf =
  (strapi: Core.Strapi): Enqueue =>
  (sql, mail) => {
    const outbox: { enqueue: Enqueue } = strapi.plugin('mailer').service('outbox');
    return outbox.enqueue(sql, mail);
  };
