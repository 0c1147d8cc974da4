import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type Figures = { requests: number; perSecond: number; p50: number; p99: number; max: number; failed: number };
type Tally = { times: number[]; failed: number; end: number };

/**
 * Asks `urls` (of one server) in turn over `connections` connections for `ms` milliseconds; latencies in milliseconds.
 * Bare sockets rather than an HTTP client: on few cores the client's own work would hide the differences between servers.
 */
export async function load(urls: readonly string[], { connections = 20, ms = 3000 } = {}): Promise<Figures> {
  const tally: Tally = { times: [], failed: 0, end: performance.now() + ms };
  await Promise.all(Array.from({ length: connections }, (_, index) => shopper(urls.map((url) => new URL(url)), index, tally)));
  const times = tally.times.sort((a, b) => a - b);
  const at = (part: number): number => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0) * 10) / 10;
  return { requests: times.length, perSecond: Math.round(times.length / (ms / 1000)), p50: at(0.5), p99: at(0.99), max: at(1), failed: tally.failed };
}

async function shopper(urls: readonly URL[], first: number, tally: Tally): Promise<void> {
  const socket = connect(Number(urls[0]?.port), urls[0]?.hostname);
  socket.setNoDelay(true).on('error', () => undefined);
  await once(socket, 'connect');
  const texts = urls.map((url) => `GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\nuser-agent: bench\r\naccept: application/json\r\n\r\n`);
  for (let at = first; performance.now() < tally.end; at += 1) {
    const began = performance.now();
    if (!(await answered(socket, texts[at % texts.length] ?? ''))) tally.failed += 1;
    tally.times.push(performance.now() - began);
    if (socket.destroyed) break;
  }
  socket.destroy();
}

/** Sends one request; true when a whole 200 came back. */
function answered(socket: Socket, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    let head = '';
    let missing = Number.POSITIVE_INFINITY;
    const done = (well: boolean): void => {
      socket.off('data', take).off('close', lost);
      resolve(well);
    };
    const take = (part: Buffer): void => {
      if (missing !== Number.POSITIVE_INFINITY) missing -= part.length;
      else {
        head += part.toString('latin1');
        const at = head.indexOf('\r\n\r\n');
        if (at >= 0) missing = Number(/\ncontent-length: (\d+)/i.exec(head)?.[1]) - (head.length - at - 4);
      }
      if (missing <= 0) done(head.startsWith('HTTP/1.1 200'));
    };
    const lost = (): void => done(false);
    socket.on('data', take).on('close', lost);
    socket.write(text);
  });
}
