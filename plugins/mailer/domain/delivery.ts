import { type Backoff, exponentialDelay, retryOrGiveUp } from '@comptoir/jobs/backoff';

/**
 * `reason` is for staff: servers name the address in it. `code` (`550`, `ECONNREFUSED`) says in
 * logs what happened without naming anyone.
 */
export interface Failure {
  reason: string;
  code?: string | undefined;
}
/** What came of handing one message over. */
export type Outcome =
  | { kind: 'sent' }
  /**
   * This message will never be taken: an address that does not exist, a mail that cannot be
   * written.
   */
  | ({ kind: 'refused' } & Failure)
  /** Not now, says the server of this one message (a full mailbox, greylisting). */
  | ({ kind: 'later' } & Failure)
  /**
   * Nothing can be sent at all: the server is away or refuses us. Says nothing about the message.
   */
  | ({ kind: 'unavailable' } & Failure);

/** What becomes of the outbox row. Times are instants. */
export type NextState =
  | { state: 'sent' }
  | { state: 'waiting'; attempts: number; nextAt: Date; lastError: string }
  | { state: 'dead'; attempts: number; lastError: string };

/** Tries of one message before it is given up: with the waits below about three days. */
export const MOST_ATTEMPTS = 18;
const WAITS: Backoff = { first: 60_000, longest: 6 * 3_600_000 };

/** Milliseconds until try number `attempt` + 1 of a message: 1 min, 2, 4, … at most six hours. */
export const retryDelay = (attempt: number): number => exponentialDelay(WAITS, attempt);

/**
 * Decides what becomes of a message that has had `attempts` tries before this one. A server that is
 * away costs no try: however long it stays away, nothing is given up.
 */
export function afterTry(attempts: number, outcome: Outcome, now: Date): NextState {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent' };
    case 'refused':
      return { state: 'dead', attempts: attempts + 1, lastError: outcome.reason };
    case 'unavailable':
      return { state: 'waiting', attempts, nextAt: now, lastError: outcome.reason };
    case 'later': {
      const policy = { mostAttempts: MOST_ATTEMPTS, delayMs: retryDelay };
      const next = retryOrGiveUp(attempts, outcome.reason, policy, now);
      return next.state === 'dead' ? next : { ...next, state: 'waiting' };
    }
  }
}

/** One line for the log on a try: no address, and no text of the server's. */
export function lineOf(key: string, outcome: Outcome, state: NextState['state']): string {
  if (outcome.kind === 'sent') return `mail ${key} sent`;
  return `mail ${key} ${state === 'dead' ? 'given up' : 'waits'}: ${outcome.kind}${outcome.code === undefined ? '' : ` ${outcome.code}`}`;
}

/**
 * The parts of an SMTP failure that decide: the server's code, and the command it answered. `code`
 * is the network's or the client's word.
 */
export interface SmtpFailure {
  responseCode?: number | undefined;
  command?: string | undefined;
  code?: string | undefined;
  message: string;
}

/**
 * Only an answer about the recipient or the text judges the message; all else is about the server
 * or our account.
 */
export function outcomeOf({ responseCode = 0, command = '', code, message }: SmtpFailure): Outcome {
  const failure: Failure = {
    reason: message,
    code: responseCode > 0 ? String(responseCode) : code,
  };
  const aboutMessage = /^(RCPT TO|DATA)$/.test(command);
  if (aboutMessage && responseCode >= 500) return { kind: 'refused', ...failure };
  if (aboutMessage && responseCode >= 400) return { kind: 'later', ...failure };
  return { kind: 'unavailable', ...failure };
}
