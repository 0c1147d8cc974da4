/**
 * The waits between tries that fail: how long after the first failure, and at most. Milliseconds.
 */
export interface Backoff {
  first: number;
  longest: number;
}

/**
 * Past this many doublings every wait is the longest one, and 2 to that power is still an exact
 * number.
 */
const MOST_DOUBLINGS = 30;

/**
 * Milliseconds to wait after so many failures in a row: `first`, then doubled each time, at most
 * `longest`.
 * @param failures 1 after the first one; less counts as 1
 */
export function exponentialDelay({ first, longest }: Backoff, failures: number): number {
  const doublings = Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
  return Math.min(longest, first * 2 ** doublings);
}

/** When an item of a queue is tried again, and after how many tries it is given up. */
export interface RetryPolicy {
  mostAttempts: number;
  /** Milliseconds until the next try. @param attempts tries made so far */
  delayMs(attempts: number): number;
}
/** What becomes of an item that has failed once more. `attempts` counts all tries so far. */
export type FailedTry =
  | { state: 'dead'; attempts: number; lastError: string }
  | { state: 'again'; attempts: number; lastError: string; nextAt: Date };

/**
 * Decides whether an item that has just failed is tried again.
 * @param before tries before the one that failed
 */
export function retryOrGiveUp(
  before: number,
  reason: string,
  { mostAttempts, delayMs }: RetryPolicy,
  now: Date,
): FailedTry {
  const attempts = before + 1;
  if (attempts >= mostAttempts)
    return { state: 'dead', attempts, lastError: `${reason} (given up after ${attempts} tries)` };
  const nextAt = new Date(now.getTime() + delayMs(attempts));
  return { state: 'again', attempts, lastError: reason, nextAt };
}
