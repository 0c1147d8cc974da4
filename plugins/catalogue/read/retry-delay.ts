import { setTimeout as wait } from 'node:timers/promises';

/**
 * Milliseconds before attempt `attempt` (0 = at once): doubled each time up to `most`, with a
 * quarter of jitter so that many processes do not reconnect together.
 */
function backoffDelay(attempt: number, first: number, most: number, random = Math.random): number {
  if (attempt <= 0) return 0;
  const full = Math.min(most, first * 2 ** Math.min(attempt - 1, 20));
  return Math.round(full * (0.75 + random() * 0.25));
}

/** Waits before the next attempt; ends early, without an error, when `signal` aborts. */
export async function backoff(
  attempt: number,
  options: { first: number; most: number; signal: AbortSignal },
): Promise<void> {
  await wait(backoffDelay(attempt, options.first, options.most), undefined, {
    signal: options.signal,
  }).catch(() => undefined);
}
