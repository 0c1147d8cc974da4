/**
 * Mails and webhooks as staff see them. Both are kept by other plugins, which know nothing of
 * orders.
 */
export interface LoggedMail {
  key: string;
  kind: string;
  to: string;
  state: 'waiting' | 'sent' | 'dead';
  error: string | null;
  at: Date;
}
export interface LoggedWebhook {
  id: string;
  type: string;
  state: 'received' | 'done' | 'dead';
  error: string | null;
  at: Date;
  objectId: string;
  paymentIntent: string | null;
}

/** What was given up after its last try, newest first, at most `limit`. */
export interface MailLog {
  about(number: string): Promise<LoggedMail[]>;
  dead(limit: number): Promise<LoggedMail[]>;
  /**
   * A mail that has not left tries at once; one that has leaves again as a new mail.
   * @returns whether there is such a mail
   */
  again(key: string): Promise<boolean>;
}
export interface WebhookLog {
  /** Events about any of these objects (sessions, payments, refunds, disputes). */
  about(objects: readonly string[]): Promise<LoggedWebhook[]>;
  dead(limit: number): Promise<LoggedWebhook[]>;
  /** Handles an event once more, whatever came of it. @returns whether there is such an event */
  again(id: string): Promise<boolean>;
  /** Staff have dealt with an event that was given up. @returns whether there was one */
  dismiss(id: string): Promise<boolean>;
  /**
   * What the provider's account and our ledger still disagree about. `detail` is without personal
   * data.
   */
  differences(): Promise<
    { kind: string; object: string; order: string | null; detail: string; foundAt: Date }[]
  >;
  dismissDifference(difference: { kind: string; object: string }, actor: string): Promise<boolean>;
}
