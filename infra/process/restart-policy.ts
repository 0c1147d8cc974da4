/**
 * `always`: for ever, with growing pauses. `limited`: three deaths within a minute are a defect
 * that restarting does not cure.
 */
export type Policy = 'always' | 'limited';
export type Decision =
  { action: 'restart'; delayMs: number } | { action: 'give-up'; deaths: number };

export interface Pauses {
  firstMs: number;
  longestMs: number;
  /**
   * Part of a pause that chance may take away (0 to 1), so that many processes do not knock
   * together. Default 0.
   */
  jitter?: number;
}

/**
 * Milliseconds before the next try: doubled with each failure, up to `longestMs`.
 * @param failures in a row; 0 = no pause
 */
export function growingPause(
  failures: number,
  { firstMs, longestMs, jitter = 0 }: Pauses,
  random = Math.random,
): number {
  if (failures <= 0) return 0;
  // Capped, because 2 ** 1024 is no number any more.
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return Math.round(full * (1 - jitter * (1 - random())));
}

const MINUTE = 60_000;
const PAUSES: Pauses = { firstMs: 200, longestMs: 15_000 };

/**
 * What to do after a child died. Deaths older than a minute are forgotten, so a single kill
 * restarts at once.
 * @param deaths instants in ms, the last one is the present death
 */
export function afterDeath(policy: Policy, deaths: readonly number[]): Decision {
  const now = deaths.at(-1) ?? 0;
  const recent = deaths.filter((at) => now - at < MINUTE).length;
  if (policy === 'limited' && recent >= 3) return { action: 'give-up', deaths: recent };
  return { action: 'restart', delayMs: growingPause(Math.max(1, recent), PAUSES) };
}
