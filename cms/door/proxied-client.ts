import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** What the shop's own proxy says of itself; never passed on. */
export const PROXY_HEADER = 'x-comptoir-proxy';

export type Client = { address: string; proto: 'http' | 'https' };

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Who asks, and over which protocol. Only a proxy that knows `secret` is believed, and of the addresses it passes on only the last,
 * the one it saw itself; everybody else is who the connection says. Without a secret nobody is believed.
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
