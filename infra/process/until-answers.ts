import { setTimeout as wait } from 'node:timers/promises';

export interface Patience {
  timeoutMs: number;
  /** Ends the waiting early: the process behind it died, or the answer is no longer needed. */
  stillAlive?: () => boolean;
  /** Pause between two questions, in milliseconds. */
  everyMs?: number;
}

/**
 * Asks until the answer is true.
 * @returns false when the time is over, or when `stillAlive` said no first
 */
export async function until(
  ask: () => Promise<boolean>,
  { timeoutMs, stillAlive = () => true, everyMs = 60 }: Patience,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && stillAlive()) {
    if (await ask()) return true;
    await wait(everyMs);
  }
  return false;
}

type IsGood = (response: Response) => boolean | Promise<boolean>;

async function isGoodAnswer(url: string, isGood: IsGood): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3000), redirect: 'manual' });
    const good = await isGood(response);
    if (!response.bodyUsed) await response.body?.cancel();
    return good;
  } catch {
    return false;
  }
}

/**
 * Asks an address until it answers well (by default: a status below 500).
 * @returns false when the time is over or the process behind it died.
 */
export function untilAnswers(
  url: string,
  { isGood = ({ status }) => status < 500, ...patience }: Patience & { isGood?: IsGood },
): Promise<boolean> {
  return until(() => isGoodAnswer(url, isGood), patience);
}
