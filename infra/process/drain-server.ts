import type { Server } from 'node:http';

/**
 * Stops taking requests, lets running ones end, and cuts what is left after `patienceMs`
 * milliseconds; resolves when the server is closed.
 */
export async function drain(server: Server, patienceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A browser keeps its connection after its answer: one that falls idle meanwhile is closed at
  // once.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
