/** Tries of one event before staff must look; with the waits below about seventeen hours. */
export const MOST_ATTEMPTS = 15;
const LONGEST_MS = 6 * 3_600_000;
/** Milliseconds, at least, until an event is tried again when Stripe did not answer. */
export const AWAY_MS = 60_000;

/** Milliseconds until try number `attempt` + 1: 5 s, 10 s, 20 s, … at most six hours. */
export const retryDelay = (attempt: number): number =>
  Math.min(LONGEST_MS, 5000 * 2 ** Math.min(Math.max(attempt, 1) - 1, 20));

/** What came of one event. `quiet`: the event is not for the shop; only the inbox says so, not the log. `retry`: something it depends on is not there yet. `away`: Stripe does not answer, which says nothing about the event. `needs-review`: money or an object that the shop does not know; staff must look. */
export type HandlingOutcome =
  | { kind: 'done'; note: string; quiet?: boolean }
  | { kind: 'retry' | 'away'; reason: string }
  | { kind: 'needs-review'; reason: string };

/** What becomes of the inbox row. */
export type NextState =
  | { state: 'done'; attempts: number; lastError: null }
  | { state: 'received'; attempts: number; lastError: string; nextAt: Date }
  | { state: 'dead'; attempts: number; lastError: string };

/** The tries of an event so far. `othersAnswered`: since its last try Stripe has answered other questions. */
export interface RetryHistory {
  attempts: number;
  othersAnswered: boolean;
}

/**
 * Decides what becomes of an event after one more try. While Stripe is away none is spent: however long it stays away, nothing is given
 * up. Where it answers all but the question of this event (an object that it cannot show any more) that is no absence: the tries count,
 * so that the event does not come back each minute for ever but ends where staff see it, and can replay it.
 */
export function afterTry(
  { attempts, othersAnswered }: RetryHistory,
  outcome: HandlingOutcome,
  now: Date,
): NextState {
  const tries = attempts + 1;
  if (outcome.kind === 'away' && !othersAnswered)
    return {
      state: 'received',
      attempts,
      lastError: outcome.reason,
      nextAt: new Date(now.getTime() + AWAY_MS),
    };
  if (outcome.kind === 'done') return { state: 'done', attempts: tries, lastError: null };
  if (outcome.kind === 'needs-review')
    return { state: 'dead', attempts: tries, lastError: outcome.reason };
  if (tries >= MOST_ATTEMPTS)
    return {
      state: 'dead',
      attempts: tries,
      lastError: `${outcome.reason} (given up after ${tries} tries)`,
    };
  return {
    state: 'received',
    attempts: tries,
    lastError: outcome.reason,
    nextAt: new Date(
      now.getTime() + Math.max(outcome.kind === 'away' ? AWAY_MS : 0, retryDelay(tries)),
    ),
  };
}
