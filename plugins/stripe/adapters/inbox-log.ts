import { z } from 'zod';
import { rows, type Sql } from '@comptoir/database';

const rowSchema = z.object({
  id: z.string(),
  type: z.string(),
  state: z.enum(['received', 'done', 'dead']),
  error: z.string().nullable(),
  at: z.date(),
  objectId: z.string(),
  paymentIntent: z.string().nullable(),
});
/** One webhook as a log shows it: what it was about, never more of its payload. */
export type LoggedWebhook = z.output<typeof rowSchema>;

const ROW = `select event_id as id, type, state, last_error as error, received_at as at, payload ->> 'id' as "objectId", payload ->> 'paymentIntent' as "paymentIntent" from webhook_inbox`;
const MOST = 200;

/** Events about any of these objects, oldest first. */
export async function webhooksAbout(
  sql: Sql,
  objects: readonly string[],
): Promise<LoggedWebhook[]> {
  return rows(
    sql,
    rowSchema,
    `${ROW} where payload ->> 'id' = any(?::text[]) or payload ->> 'paymentIntent' = any(?::text[]) order by received_at, event_id limit ${MOST}`,
    [objects, objects],
  );
}

/** Events that were given up, newest first. */
export async function deadWebhooks(sql: Sql, limit: number): Promise<LoggedWebhook[]> {
  return rows(sql, rowSchema, `${ROW} where state = 'dead' order by received_at desc limit ?`, [
    limit,
  ]);
}
