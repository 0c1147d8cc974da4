import { randomBytes } from 'node:crypto';

const ACCEPTED = /^[A-Za-z0-9_-]{8,64}$/;
const seed = randomBytes(6).toString('hex');
let count = 0;

/**
 * A new id, unique across processes: random per process, counted within it (no random bytes per
 * request).
 */
export function newRequestId(): string {
  count += 1;
  return `${seed}-${count.toString(36)}`;
}

/**
 * The caller's id when it is harmless (8 to 64 letters, digits, `_`, `-`), so that one id follows a
 * request through all processes; else a new one.
 */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && ACCEPTED.test(header) ? header : newRequestId();
}
