/** Channel on which a new event is announced when its transaction commits. */
export const CHANNEL = 'webhook_inbox';

/** The table of events, and its key. */
export const WEBHOOK_INBOX = { table: 'webhook_inbox', key: 'event_id' } as const;

/**
 * Events that are dealt with. Ninety days: Stripe sends one again for three, its list reaches back
 * thirty, and the row is how the shop knows an event. Dead ones stay.
 */
export const DONE_EVENTS = {
  ...WEBHOOK_INBOX,
  at: 'received_at',
  state: 'done',
  days: 90,
} as const;
