import { setTimeout as wait } from 'node:timers/promises';

export interface Patience {
  timeoutMs: number;
  stillAlive?: () => boolean;
  isGood?: (response: Response) => boolean | Promise<boolean>;
}

async function isGoodAnswer(
  url: string,
  isGood: NonNullable<Patience['isGood']>,
): Promise<boolean> {
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
export async function untilAnswers(
  url: string,
  { timeoutMs, stillAlive = () => true, isGood = (r) => r.status < 500 }: Patience,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && stillAlive()) {
    if (await isGoodAnswer(url, isGood)) return true;
    await wait(60);
  }
  return false;
}
