import { createHmac } from 'node:crypto';

import type { Faults } from './faults.ts';
import type { StoredEvent } from './objects.ts';
import { eventView } from './world.ts';

export interface WebhookTarget {
  url: string;
  secret: string;
}

export interface CourierOptions {
  target: WebhookTarget | null;
  faults: Faults;
  /** Unix seconds, for the signature. */
  now(): number;
  /** Resolves after that many milliseconds, or at once when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Milliseconds before the second, third, … attempt; after the last one the event is given up. */
  retryDelays: readonly number[];
  /** Milliseconds the shop has to answer one attempt. */
  timeout: number;
}

/** Carries events to the shop. */
export interface Courier {
  aim(target: WebhookTarget | null): void;
  send(events: readonly StoredEvent[]): void;
  /** Sends one event once more, whatever happened to it. */
  resend(event: StoredEvent): void;
  /** Resolves when the first attempt of that event has ended (well or not), or was never made. */
  firstAttempt(id: string): Promise<void>;
  /** Resolves when nothing is under way: every event delivered, dropped, given up or held back. */
  idle(): Promise<void>;
  /** Sends the events that a reordering still holds back. */
  release(): void;
  close(): Promise<void>;
}

/** The `Stripe-Signature` header for a body. @param at Unix seconds */
export const signature = (body: string, secret: string, at: number): string =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;

const attempt = async (
  event: StoredEvent,
  target: WebhookTarget,
  options: CourierOptions,
  closing: AbortSignal,
): Promise<boolean> => {
  const body = JSON.stringify(eventView(event), null, 2);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    'stripe-signature': signature(body, target.secret, options.now()),
  };
  try {
    const answer = await fetch(target.url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(options.timeout)]),
    });
    await answer.body?.cancel();
    return answer.status >= 200 && answer.status < 300;
  } catch {
    return false;
  }
};

/**
 * Tries until the shop says 2xx or the delays run out. An interrupted event stays pending, for the
 * next start.
 */
const deliver = async (
  event: StoredEvent,
  target: WebhookTarget,
  options: CourierOptions,
  closing: AbortSignal,
  tried: () => void,
): Promise<void> => {
  for (let count = 0; ; count += 1) {
    const accepted = await attempt(event, target, options, closing);
    tried();
    if (accepted) {
      event.delivery = 'delivered';
      return;
    }
    const delay = options.retryDelays[count];
    if (closing.aborted) return;
    if (delay === undefined) {
      event.delivery = 'given-up';
      return;
    }
    await options.wait(delay, closing);
    if (closing.aborted) return;
  }
};

class PostalCourier implements Courier {
  readonly #options: CourierOptions;
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #first = new Map<string, Promise<void>>();
  #target: WebhookTarget | null;
  #held: StoredEvent[] = [];
  #holding = 0;

  constructor(options: CourierOptions) {
    this.#options = options;
    this.#target = options.target;
  }

  aim(target: WebhookTarget | null): void {
    this.#target = target;
  }

  /** @returns when the first attempt has ended */
  #post(event: StoredEvent): Promise<void> {
    const target = this.#target;
    if (target === null || this.#closing.signal.aborted) return Promise.resolve();
    const { promise: first, resolve: tried } = Promise.withResolvers<void>();
    const run = deliver(event, target, this.#options, this.#closing.signal, tried).finally(() => {
      tried();
      this.#underWay.delete(run);
      this.#first.delete(event.id);
    });
    this.#underWay.add(run);
    this.#first.set(event.id, first);
    return first;
  }

  send(events: readonly StoredEvent[]): void {
    for (const event of events) {
      const { faults } = this.#options;
      if (faults.take('drop-webhook', event.type) !== null) {
        event.delivery = 'dropped';
        continue;
      }
      const reorder = this.#holding === 0 ? faults.take('reorder-webhooks') : null;
      if (reorder !== null) this.#holding = reorder.count;
      if (this.#holding > 0) this.#hold(event);
      else this.#postAll(event);
    }
  }

  #postAll(event: StoredEvent): void {
    const copies = this.#options.faults.take('duplicate-webhook', event.type)?.copies ?? 0;
    for (let copy = 0; copy <= copies; copy += 1) void this.#post(event);
  }

  #hold(event: StoredEvent): void {
    this.#held.push(event);
    if (this.#held.length >= this.#holding) this.release();
  }

  release(): void {
    const held = this.#held.reverse();
    this.#held = [];
    this.#holding = 0;
    const run = held
      .reduce((before, event) => before.then(() => this.#post(event)), Promise.resolve())
      .finally(() => this.#underWay.delete(run));
    this.#underWay.add(run);
  }

  resend(event: StoredEvent): void {
    void this.#post(event);
  }

  firstAttempt(id: string): Promise<void> {
    return this.#first.get(id) ?? Promise.resolve();
  }

  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.idle();
  }
}

export const makeCourier = (options: CourierOptions): Courier => new PostalCourier(options);
