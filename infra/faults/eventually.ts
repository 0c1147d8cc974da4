import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds: how long, and how often. */
export interface Patience {
  ms?: number;
  everyMs?: number;
}

/**
 * Asks until the answer is neither false, null nor undefined.
 * @param what a noun for the error
 * @throws Error when the patience is over, naming what was waited for
 */
export async function eventually<T>(
  what: string,
  ask: () => T | Promise<T>,
  { ms = 60_000, everyMs = 25 }: Patience = {},
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== null && answer !== undefined)
      return answer as Exclude<T, false | null | undefined>;
    if (performance.now() > deadline) throw new Error(`Waited ${ms / 1000} s for ${what}, in vain`);
    await pause(everyMs);
  }
}
