/** Channel on which a waiting mail is announced when its transaction commits. */
export const CHANNEL = 'mail_outbox';
/** The order a mail speaks of, as its templates know it; indexed. */
export const ABOUT = `coalesce(data ->> 'number', data -> 'order' ->> 'number')`;

/** The table of mails, and its key. */
export const MAIL_OUTBOX = { table: 'mail_outbox', key: 'id' } as const;

/** Mails that have left. Ninety days: no cause of a mail comes back so late. Dead ones stay. */
export const SENT_MAILS = {
  ...MAIL_OUTBOX,
  at: 'sent_at',
  state: 'sent',
  days: 90,
} as const;
