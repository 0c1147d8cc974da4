import { type Backoff, exponentialDelay, retryOrGiveUp } from '@comptoir/jobs/backoff';

/** Tries of one event before staff must look; with the waits below about seventeen hours. */
export const MOST_ATTEMPTS = 15;
const WAITS: Backoff = { first: 5000, longest: 6 * 3_600_000 };
/** Milliseconds, at least, until an event is tried again when Stripe did not answer. */
export const AWAY_MS = 60_000;

/** Milliseconds until try number `attempt` + 1: 5 s, 10 s, 20 s, … at most six hours. */
export const retryDelay = (attempt: number): number => exponentialDelay(WAITS, attempt);

/**
 * What came of one event. `quiet`: the event is not for the shop; only the inbox says so, not the
 * log. `retry`: something it depends on is not there yet. `away`: Stripe does not answer, which
 * says nothing about the event. `needs-review`: money or an object that the shop does not know;
 * staff must look.
 */
export type HandlingOutcome =
  | { kind: 'done'; note: string; quiet?: boolean }
  | { kind: 'retry' | 'away'; reason: string }
  | { kind: 'needs-review'; reason: string };

/** What becomes of the inbox row. */
export type NextState =
  | { state: 'done'; attempts: number; lastError: null }
  | { state: 'received'; attempts: number; lastError: string; nextAt: Date }
  | { state: 'dead'; attempts: number; lastError: string };

/**
 * The tries of an event so far. `othersAnswered`: since its last try Stripe has answered other
 * questions.
 */
export interface RetryHistory {
  attempts: number;
  othersAnswered: boolean;
}

/**
 * Decides what becomes of an event after one more try. While Stripe is away no try is counted:
 * however long that lasts, no event is given up. When Stripe answers everything but this event's
 * question (an object that it cannot show any more) the tries count: the event then ends where
 * staff see it and can replay it, instead of coming back each minute for ever.
 */
export function afterTry(
  { attempts, othersAnswered }: RetryHistory,
  outcome: HandlingOutcome,
  now: Date,
): NextState {
  if (outcome.kind === 'away' && !othersAnswered)
    return {
      state: 'received',
      attempts,
      lastError: outcome.reason,
      nextAt: new Date(now.getTime() + AWAY_MS),
    };
  if (outcome.kind === 'done') return { state: 'done', attempts: attempts + 1, lastError: null };
  if (outcome.kind === 'needs-review')
    return { state: 'dead', attempts: attempts + 1, lastError: outcome.reason };
  const least = outcome.kind === 'away' ? AWAY_MS : 0;
  const policy = {
    mostAttempts: MOST_ATTEMPTS,
    delayMs: (tries: number) => Math.max(least, retryDelay(tries)),
  };
  const next = retryOrGiveUp(attempts, outcome.reason, policy, now);
  return next.state === 'dead' ? next : { ...next, state: 'received' };
}
