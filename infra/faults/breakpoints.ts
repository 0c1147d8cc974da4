import pg from 'pg';

import type { FaultInput } from '../stripe-simulator/index.ts';
import { eventually } from './eventually.ts';
import type { Parts } from './parts.ts';

/**
 * Holds the shop at one step of its work, seen from outside: by a lock in the database, a Stripe or
 * a mail server that does not answer.
 */
export interface Breakpoint {
  /** Resolves when the shop is held. @throws Error when that did not happen in time */
  reached(): Promise<void>;
  /** Releases what is held. */
  open(): Promise<void>;
}

/** @param ms longest time until it is reached */
export type SetBreakpoint = (parts: Parts, ms?: number) => Promise<Breakpoint>;

const PATIENCE = 20_000;
const WAITING = `select 1 from pg_stat_activity where application_name = 'comptoir-strapi' and wait_event_type = 'Lock' and query ~* $1`;

/**
 * Holds the shop before a statement, by a lock that this statement needs: what its transaction did
 * before is done and not committed.
 */
const lock =
  (take: string, statement: string): SetBreakpoint =>
  async ({ databaseUrl, query }, ms = PATIENCE) => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'comptoir-breakpoint',
    });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('begin');
    await client.query(take);
    return {
      reached: async () => {
        await eventually(
          `Strapi to be held at "${statement}"`,
          async () => (await query(WAITING, [statement])).length > 0,
          { ms, everyMs: 10 },
        );
      },
      open: () => client.end(),
    };
  };

/** Holds the shop in its call to Stripe: the request has arrived, its answer never comes. */
const call =
  (
    kind: 'timeout-before' | 'timeout-after',
    on: Extract<FaultInput, { kind: 'timeout-before' }>['on'],
  ): SetBreakpoint =>
  async ({ simulator }, ms = PATIENCE) => {
    simulator.faults.add([{ kind, on }]);
    const [fault] = simulator.faults.list().slice(-1);
    return {
      reached: async () => {
        await eventually(
          `Strapi to call ${on}`,
          () => !simulator.faults.list().some((waiting) => waiting === fault),
          { ms, everyMs: 5 },
        );
      },
      open: () => Promise.resolve(),
    };
  };

/**
 * Holds the shop while it hands a mail over: `before` the server has taken it, or `after`, when
 * only the answer is missing.
 */
const mail =
  (when: 'before' | 'after'): SetBreakpoint =>
  async ({ smtp }, ms = PATIENCE) => {
    let arrived = false;
    const opened = Promise.withResolvers<void>();
    smtp.behave({
      async data() {
        arrived = true;
        await opened.promise;
        return when === 'before' ? '451 not now' : null;
      },
    });
    return {
      reached: async () => {
        await eventually('a mail to be handed over', () => arrived, { ms, everyMs: 5 });
      },
      async open() {
        smtp.behave({});
        opened.resolve();
      },
    };
  };

/** Where in a purchase each breakpoint lies. */
export type Phase = 'order' | 'payment' | 'refund';
export interface Step {
  name: string;
  phase: Phase;
  set: SetBreakpoint;
}

/** Every step of a purchase at which a process may die. */
export const STEPS: readonly Step[] = [
  {
    name: 'before the order is inserted',
    phase: 'order',
    set: lock('lock table orders in share mode', 'insert into orders'),
  },
  {
    name: 'before the pieces are reserved',
    phase: 'order',
    set: lock('lock table stock_levels in exclusive mode', 'from stock_levels .* for update'),
  },
  {
    name: 'while the order commits',
    phase: 'order',
    set: lock('select 1 from catalogue_version for update', '^commit'),
  },
  {
    name: 'before the session call',
    phase: 'order',
    set: call('timeout-before', 'sessions.create'),
  },
  { name: 'after the session call', phase: 'order', set: call('timeout-after', 'sessions.create') },
  {
    name: 'before the session is saved',
    phase: 'order',
    set: lock('lock table order_events in share mode', 'insert into order_events'),
  },
  {
    name: 'before the event is inserted',
    phase: 'payment',
    set: lock('lock table webhook_inbox in share mode', 'insert into webhook_inbox'),
  },
  {
    name: 'while the session is read again',
    phase: 'payment',
    set: call('timeout-before', 'sessions.retrieve'),
  },
  {
    name: 'before the payment is inserted',
    phase: 'payment',
    set: lock('lock table payments in share mode', 'insert into payments'),
  },
  {
    name: 'before the payment commits',
    phase: 'payment',
    set: lock('lock table mail_outbox in share mode', 'insert into mail_outbox'),
  },
  { name: 'before the mail is taken', phase: 'payment', set: mail('before') },
  { name: 'after the mail is taken', phase: 'payment', set: mail('after') },
  {
    name: 'before the refund call',
    phase: 'refund',
    set: call('timeout-before', 'refunds.create'),
  },
  { name: 'after the refund call', phase: 'refund', set: call('timeout-after', 'refunds.create') },
  {
    name: 'before the refund is inserted',
    phase: 'refund',
    set: lock('lock table refunds in share mode', '(update|insert into) refunds'),
  },
];

/**
 * Kills the shop at a breakpoint, and waits until it is back.
 * @param anyway kill it also when the breakpoint is not reached
 * @throws Error when it is not reached, otherwise
 */
export async function dieAt(
  breakpoint: Breakpoint,
  { crash, ready }: Parts,
  { anyway = false } = {},
): Promise<void> {
  try {
    await breakpoint.reached().catch((error: unknown) => {
      if (!anyway) throw error;
    });
    await crash();
  } finally {
    await breakpoint.open();
  }
  await ready();
}
