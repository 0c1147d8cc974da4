import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';

/**
 * Opens the port with the limits that a public server needs. Resolves once it listens.
 * @throws when the port is taken.
 */
export function listen(handler: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
      connectionsCheckingInterval: 5_000,
    },
    handler,
  );
  server.maxRequestsPerSocket = 10_000;
  const { promise, resolve, reject } = Promise.withResolvers<Server>();
  server.once('error', reject);
  server.listen(port, host, () => resolve(server));
  return promise;
}

/** Stops taking requests, lets running ones end, and cuts what is left after `patience` ms. */
export async function drain(server: Server, patience: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(() => server.closeAllConnections(), patience);
  server.close(() => resolve());
  // Browsers keep their connection open after the answer, so idle ones are closed again and again.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await promise;
  clearInterval(idle);
  clearTimeout(timer);
}
