/** `always`: for ever, with growing pauses. `limited`: three deaths within a minute are a defect that restarting does not cure. */
export type Policy = 'always' | 'limited';
export type Decision =
  { action: 'restart'; delayMs: number } | { action: 'give-up'; deaths: number };

const MINUTE = 60_000;
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 15_000;

/**
 * What to do after a child died. Deaths older than a minute are forgotten, so a single kill restarts at once.
 * @param deaths instants in ms, the last one is the present death
 */
export function afterDeath(policy: Policy, deaths: readonly number[]): Decision {
  const now = deaths.at(-1) ?? 0;
  const recent = deaths.filter((at) => now - at < MINUTE).length;
  if (policy === 'limited' && recent >= 3) return { action: 'give-up', deaths: recent };
  return {
    action: 'restart',
    delayMs: Math.min(FIRST_PAUSE * 2 ** Math.max(0, recent - 1), LONGEST_PAUSE),
  };
}
