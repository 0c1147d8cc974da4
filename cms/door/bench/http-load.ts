import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type Figures = {
  requests: number;
  perSecond: number;
  p50: number;
  p99: number;
  max: number;
  failed: number;
};
type Tally = { times: number[]; sent: number; failed: number; end: number };
export type LoadOptions = {
  connections?: number;
  ms?: number;
  /** The status of a good answer. */
  status?: number;
};

/**
 * Asks `urls` (of one server) in turn over `connections` connections for `ms` milliseconds;
 * latencies in milliseconds. Bare sockets rather than an HTTP client: on few cores the client's own
 * work would hide the differences between servers.
 */
export function load(urls: readonly string[], options: LoadOptions = {}): Promise<Figures> {
  const all = urls.map((url) => new URL(url));
  const texts = all.map(
    (url) =>
      `GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\nuser-agent: bench\r\naccept: application/json\r\n\r\n`,
  );
  return drive(
    all[0] ?? new URL('http://127.0.0.1'),
    (n) => texts[n % texts.length] ?? '',
    options,
  );
}

/** The same with requests made as they are sent: `request(n)` is the text of the nth one. */
export async function drive(
  server: URL,
  request: (n: number) => string,
  { connections = 20, ms = 3000, status = 200 }: LoadOptions = {},
): Promise<Figures> {
  const tally: Tally = { times: [], sent: 0, failed: 0, end: performance.now() + ms };
  await Promise.all(
    Array.from({ length: connections }, () => shopper(server, request, status, tally)),
  );
  const times = tally.times.sort((a, b) => a - b);
  const at = (part: number): number =>
    Math.round((times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0) * 10) / 10;
  return {
    requests: times.length,
    perSecond: Math.round(times.length / (ms / 1000)),
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
    failed: tally.failed,
  };
}

async function shopper(
  server: URL,
  request: (n: number) => string,
  status: number,
  tally: Tally,
): Promise<void> {
  const socket = connect(Number(server.port), server.hostname);
  socket.setNoDelay(true).on('error', () => undefined);
  await once(socket, 'connect');
  while (performance.now() < tally.end) {
    const text = request(tally.sent);
    tally.sent += 1;
    const began = performance.now();
    if (!(await answered(socket, text, status))) tally.failed += 1;
    tally.times.push(performance.now() - began);
    if (socket.destroyed) break;
  }
  socket.destroy();
}

/** Sends one request; true when a whole answer of that status came back. */
function answered(socket: Socket, text: string, status: number): Promise<boolean> {
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
        if (at >= 0)
          missing = Number(/\ncontent-length: (\d+)/i.exec(head)?.[1]) - (head.length - at - 4);
      }
      if (missing <= 0) done(head.startsWith(`HTTP/1.1 ${status}`));
    };
    const lost = (): void => done(false);
    socket.on('data', take).on('close', lost);
    socket.write(text);
  });
}
