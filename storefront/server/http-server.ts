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
