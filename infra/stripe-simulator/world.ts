import { identifier, type StoredEvent } from './objects.ts';
import type { Store } from './state.ts';

/** What every action works on. */
export interface World extends Store {
  /** Unix seconds. */
  now(): number;
  publicUrl: string;
  /** Seconds until a delayed payment settles by itself; null: never. */
  settleAfter: number | null;
  /** Events that are written but not yet handed to the courier. */
  unsent: StoredEvent[];
}

export const API_VERSION = '2026-10-28.endive';

/** Writes an event down; it leaves after the state that caused it is saved. @returns its id */
export const emit = (world: World, type: string, object: Record<string, unknown>): string => {
  const event: StoredEvent = {
    id: identifier('evt'),
    created: world.now(),
    type,
    object: structuredClone(object),
    delivery: 'pending',
  };
  world.state.events.set(event.id, event);
  world.unsent.push(event);
  return event.id;
};

/** Stripe's shape of an event (a snapshot event of the pinned version). */
export const eventView = (event: StoredEvent): Record<string, unknown> => ({
  id: event.id,
  object: 'event',
  api_version: API_VERSION,
  created: event.created,
  data: { object: event.object },
  livemode: false,
  pending_webhooks: event.delivery === 'pending' ? 1 : 0,
  request: { id: null, idempotency_key: null },
  type: event.type,
});
