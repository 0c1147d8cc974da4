import { dieAt, type Step, STEPS } from './breakpoints.ts';
import type { Chance } from './chance.ts';
import type { Parts } from './parts.ts';

/** Something that happens to the whole shop while it sells. */
export interface Disaster {
  name: string;
  strike(parts: Parts): Promise<void>;
}

/**
 * How long a breakpoint waits to be reached; the shop dies all the same when it is not.
 * Milliseconds.
 */
const QUIET = 4000;

const killAt = ({ name, set }: Step): Disaster => ({
  name: `kill -9 ${name}`,
  strike: async (parts) => dieAt(await set(parts, QUIET), parts, { anyway: true }),
});
const powerCut: Disaster = {
  name: 'Postgres stopped at once',
  strike: async ({ restartPostgres, ready }) => {
    await restartPostgres();
    await ready();
  },
};
/** The mail server goes away, and is back after the next death. */
const mailAway: Disaster = {
  name: 'the mail server away while Strapi dies',
  strike: async ({ smtp, crash, ready }) => {
    await smtp.stop();
    await crash();
    await ready();
    await smtp.start();
  },
};
const kill: Disaster = {
  name: 'kill -9 at any time',
  strike: async ({ crash, ready }) => {
    await crash();
    await ready();
  },
};

/** `count` disasters of all kinds, in an order of the seed. */
export function disasters(luck: Chance, count: number): Disaster[] {
  const kinds = [...STEPS.map(killAt), kill];
  return Array.from({ length: count }, (_, at) => {
    if (at % 4 === 1) return powerCut;
    return at % 4 === 3 ? mailAway : luck.pick(kinds);
  });
}

/**
 * Stripe and its webhooks misbehaving around one purchase. "For ever": the error is stored under
 * the request's key.
 */
export const MISHAPS = {
  'an event lost': { kind: 'drop-webhook', type: 'checkout.session.completed' },
  'events doubled': { kind: 'duplicate-webhook', copies: 3 },
  'events reversed': { kind: 'reorder-webhooks', count: 6 },
  'an error before a session': { kind: 'fail-before', on: 'sessions.create', times: 2 },
  'an error after a session': { kind: 'fail-after', on: 'sessions.create', times: 2 },
  'an error for ever before a session': {
    kind: 'fail-before',
    on: 'sessions.create',
    remembered: true,
  },
  'an error for ever after a session': {
    kind: 'fail-after',
    on: 'sessions.create',
    remembered: true,
  },
  'an error before a re-read': { kind: 'fail-before', on: 'sessions.retrieve', times: 2 },
  'an error after a refund': { kind: 'fail-after', on: 'refunds.create', times: 2 },
  'an error for ever before a refund': {
    kind: 'fail-before',
    on: 'refunds.create',
    remembered: true,
  },
  'an error for ever after a refund': {
    kind: 'fail-after',
    on: 'refunds.create',
    remembered: true,
  },
  'an error before an expiry': { kind: 'fail-before', on: 'sessions.expire', times: 2 },
  'an error after an expiry': { kind: 'fail-after', on: 'sessions.expire' },
  'silence before a session': { kind: 'timeout-before', on: 'sessions.create' },
  'silence after a session': { kind: 'timeout-after', on: 'sessions.create' },
  'a card refused': { kind: 'decline' },
} as const;
export const MISHAP_NAMES = Object.keys(MISHAPS) as (keyof typeof MISHAPS)[];
