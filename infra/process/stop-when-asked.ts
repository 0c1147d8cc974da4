/** The part of a log that is needed here. */
interface ErrorLog {
  error(details: object, message: string): void;
}

/** Longer than any orderly end takes: ten seconds for requests under way, eight for Strapi. */
const PATIENCE_MS = 20_000;

/**
 * Runs `stop` once when this process is told to end (SIGTERM, SIGINT, a parent that is gone), then
 * exits: 0; 1 when `stop` failed or took longer than `patienceMs` (milliseconds), because a process
 * that waits for ever would be left behind.
 */
export function stopWhenAsked(
  stop: () => Promise<void>,
  log: ErrorLog,
  patienceMs = PATIENCE_MS,
): void {
  let asked = false;
  const end = (): void => {
    if (asked) return;
    asked = true;
    setTimeout(() => {
      log.error({ ms: patienceMs }, 'stopping took too long; what was under way is given up');
      process.exit(1);
    }, patienceMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end).on('SIGINT', end).on('disconnect', end);
}
