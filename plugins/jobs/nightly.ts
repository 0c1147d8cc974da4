const HOUR_MS = 3_600_000;
/** Between these hours, UTC, a shop in Europe has few visitors. */
const NIGHT = { from: 1, to: 5 };
/** Less than a day, so that a run late in one night does not put off the next. */
const NIGHT_INTERVAL_HOURS = 20;
/** At any hour, once nights were missed. */
const MISSED_INTERVAL_HOURS = 36;

/**
 * Whether something that is done once a night is to be done now: in the night (1 to 5 h UTC), or at
 * any hour when nights were missed.
 */
export function nightlyDue(last: Date | null, now: Date): boolean {
  if (last === null) return true;
  const hour = now.getUTCHours();
  const isNight = hour >= NIGHT.from && hour < NIGHT.to;
  const interval = isNight ? NIGHT_INTERVAL_HOURS : MISSED_INTERVAL_HOURS;
  return now.getTime() - last.getTime() >= interval * HOUR_MS;
}
