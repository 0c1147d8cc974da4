/** What came of handing one message over. Reasons are for staff and logs. */
export type Outcome =
  | { kind: 'sent' }
  /** This message will never be taken: an address that does not exist, a mail that cannot be written. */
  | { kind: 'refused'; reason: string }
  /** Not now, says the server of this one message (a full mailbox, greylisting). */
  | { kind: 'later'; reason: string }
  /** Nothing can be sent at all: the server is away or refuses us. Says nothing about the message. */
  | { kind: 'unavailable'; reason: string };

/** What becomes of the outbox row. Times are instants. */
export type NextState =
  | { state: 'sent' }
  | { state: 'waiting'; attempts: number; nextAt: Date; lastError: string }
  | { state: 'dead'; attempts: number; lastError: string };

/** Tries of one message before it is given up: with the waits below about three days. */
export const MOST_ATTEMPTS = 18;
const MINUTE = 60_000;
const LONGEST = 6 * 60 * MINUTE;

/** Milliseconds until try number `attempt` + 1 of a message: 1 min, 2, 4, … at most six hours. */
export const retryDelay = (attempt: number): number => Math.min(LONGEST, MINUTE * 2 ** Math.min(Math.max(attempt, 1) - 1, 20));

/** Milliseconds to leave a server alone that failed `failures` times in a row: 1 s, 2, 4, … at most a minute. */
export const pauseAfter = (failures: number): number => Math.min(MINUTE, 1000 * 2 ** Math.min(Math.max(failures, 1) - 1, 20));

/**
 * Decides what becomes of a message that has had `attempts` tries before this one. A server that is away costs no try: however
 * long it stays away, nothing is given up.
 */
export function afterTry(attempts: number, outcome: Outcome, now: Date): NextState {
  switch (outcome.kind) {
    case 'sent': return { state: 'sent' };
    case 'refused': return { state: 'dead', attempts: attempts + 1, lastError: outcome.reason };
    case 'unavailable': return { state: 'waiting', attempts, nextAt: now, lastError: outcome.reason };
    case 'later': {
      const tries = attempts + 1;
      if (tries >= MOST_ATTEMPTS) return { state: 'dead', attempts: tries, lastError: `${outcome.reason} (given up after ${tries} tries)` };
      return { state: 'waiting', attempts: tries, nextAt: new Date(now.getTime() + retryDelay(tries)), lastError: outcome.reason };
    }
  }
}

/** The parts of an SMTP failure that decide: the server's code, and the command it answered. */
export interface SmtpFailure { responseCode?: number | undefined; command?: string | undefined; message: string }

/** Only an answer about the recipient or the text judges the message; all else is about the server or our account. */
export function outcomeOf({ responseCode = 0, command = '', message }: SmtpFailure): Outcome {
  const aboutMessage = /^(RCPT TO|DATA)$/.test(command);
  if (aboutMessage && responseCode >= 500) return { kind: 'refused', reason: message };
  if (aboutMessage && responseCode >= 400) return { kind: 'later', reason: message };
  return { kind: 'unavailable', reason: message };
}
