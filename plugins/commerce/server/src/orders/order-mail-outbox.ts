import type { Core } from '@strapi/strapi';

import type { Enqueue } from './strapi-ports.ts';

/**
 * The mailer's outbox for orders. A mail that cannot be written (a shop without an e-mail address) is logged and left out: it is
 * refused before anything is sent to the database, and must never undo a payment.
 */
export const outboxOf =
  (strapi: Core.Strapi): Enqueue =>
  async (sql, mail) => {
    const outbox: { enqueue: Enqueue } = strapi.plugin('mailer').service('outbox');
    try {
      await outbox.enqueue(sql, mail);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ZodError')) throw error;
      strapi.log.error(`mail ${mail.key} cannot be written and is left out: ${error.message}`);
    }
  };
