import { z } from 'zod';

import { sourceSchema } from './snapshot.ts';

const checkSchema = z.object({
  status: z.enum(['ok', 'degraded', 'down', 'off']),
  message: z.string().optional(),
});
export type HealthCheck = z.infer<typeof checkSchema>;

/** `GET /health`. `uptime` and `age` are seconds. */
export const healthSchema = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  uptime: z.number(),
  checks: z.object({
    database: checkSchema,
    /**
     * `version`: the migration that ran last; `pending`: those that have not run, and what got lost
     * of those that have.
     */
    migrations: checkSchema.extend({
      version: z.string().optional(),
      pending: z.array(z.string()).optional(),
    }),
    strapi: checkSchema.extend({ restarts: z.int().optional() }),
    storage: checkSchema,
    catalogue: checkSchema.extend({
      source: sourceSchema,
      version: z.string(),
      products: z.int(),
      age: z.number(),
    }),
    payments: checkSchema,
    /**
     * `waiting` mails, the `age` of the oldest that is due, in seconds; `dead`: given up, for staff
     * to look at.
     */
    mail: checkSchema.extend({
      waiting: z.int().optional(),
      age: z.number().optional(),
      dead: z.int().optional(),
    }),
  }),
});
export type Health = z.infer<typeof healthSchema>;
