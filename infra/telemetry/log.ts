import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

import { Outlet } from './outlet.ts';
import { type RequestLine, requestLine } from './request-line.ts';

export type Log = Logger & {
  /**
   * One line at level info about an answered request: what `info` would write, for a fraction of
   * the time.
   */
  request(line: RequestLine): void;
};

/** Header and field names that must never be written to a log. */
const SECRETS = [
  'authorization',
  'cookie',
  'password',
  'token',
  '*.authorization',
  '*.cookie',
  '*.password',
  '*.token',
];

/** Written at once when this many characters wait, and in any case after a second. */
const ENOUGH = 16_384;
const PATIENCE_MS = 1000;

/**
 * Lines leave together, in their order: a busy process must not pay a system call per request, nor
 * the stream's own work per line. What waits is written out when the process ends.
 */
function buffered(): DestinationStream {
  const outlet = new Outlet();
  let waiting = '';
  const flush = (): void => {
    if (waiting !== '') outlet.add(waiting);
    waiting = '';
  };
  setInterval(flush, PATIENCE_MS).unref();
  process.once('exit', () => {
    outlet.end(waiting);
  });
  return {
    write(line: string): void {
      waiting += line;
      if (waiting.length >= ENOUGH) flush();
    },
  };
}

/** One JSON line per event on stdout, ISO 8601 UTC times, secrets replaced. */
export function createLog(options: { service: string; level: string }): Log {
  const destination = buffered();
  const log = pino(
    {
      level: options.level,
      base: { service: options.service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRETS, censor: '[hidden]' },
    },
    destination,
  );
  const service = JSON.stringify(options.service);
  return Object.assign(log, {
    request(line: RequestLine): void {
      if (log.isLevelEnabled('info')) destination.write(requestLine(service, line));
    },
  });
}
