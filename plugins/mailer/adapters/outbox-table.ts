/** Channel on which a waiting mail is told when its transaction commits. */
export const CHANNEL = 'mail_outbox';
/** The order a mail speaks of, as its templates know it; indexed. */
export const ABOUT = `coalesce(data ->> 'number', data -> 'order' ->> 'number')`;

/** Mails that have left. Ninety days: no cause of a mail comes back so late. Dead ones stay. */
export const SENT_MAILS = {
  table: 'mail_outbox',
  key: 'id',
  at: 'sent_at',
  state: 'sent',
  days: 90,
} as const;
