import { pino, stdTimeFunctions, type Logger } from 'pino';

export type Log = Logger;

/** Header and field names that must never be written to a log. */
const SECRETS = ['authorization', 'cookie', 'password', 'token', '*.authorization', '*.cookie', '*.password', '*.token'];

/**
 * One JSON line per event on stdout, ISO 8601 UTC times, secrets replaced.
 * Lines are buffered up to 4 kB or one second: a busy process must not pay a system call per request.
 */
export function createLog(options: { service: string; level: string }): Log {
  const destination = pino.destination({ fd: 1, sync: false, minLength: 4096, periodicFlush: 1000 });
  process.once('exit', () => {
    try {
      destination.flushSync();
    } catch {
      // Nothing was written yet: there is nothing to flush.
    }
  });
  return pino(
    {
      level: options.level,
      base: { service: options.service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRETS, censor: '[hidden]' },
    },
    destination,
  );
}
