import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** The header by which the shop's own proxy is known; never passed on. */
export const PROXY_HEADER = 'x-comptoir-proxy';

export type Client = { address: string; proto: 'http' | 'https' };

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The client's address and protocol. A proxy that shows `secret` is believed, and of the addresses
 * it passes on only the last, which it saw itself; any other request has the address of its
 * connection. Without a secret no proxy is believed.
 */
export function createClientOf(secret: string | undefined): (request: IncomingMessage) => Client {
  const expected = secret === undefined ? null : digest(secret);
  return ({ headers, socket }) => {
    const peer: Client = { address: socket.remoteAddress ?? '', proto: 'http' };
    const shown = headers[PROXY_HEADER];
    if (expected === null || typeof shown !== 'string' || !timingSafeEqual(digest(shown), expected))
      return peer;
    const passed =
      String(headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim() ?? '';
    return {
      address: isIP(passed) === 0 ? peer.address : passed,
      proto: headers['x-forwarded-proto'] === 'https' ? 'https' : 'http',
    };
  };
}
