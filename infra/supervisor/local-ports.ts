import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

async function listen(port: number, host?: string): Promise<Server> {
  const server = createServer();
  server.listen({ port, host, exclusive: true });
  await once(server, 'listening');
  return server;
}

/** A port of 127.0.0.1 that is free right now. */
export async function freePort(): Promise<number> {
  const server = await listen(0, '127.0.0.1');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}

/**
 * Why the port cannot be had (`taken`, `forbidden`), or null when it is free on that host and on
 * 127.0.0.1.
 */
export async function portProblem(
  port: number,
  host: string,
): Promise<'taken' | 'forbidden' | null> {
  for (const each of new Set([host, '127.0.0.1'])) {
    try {
      const server = await listen(port, each);
      server.close();
      await once(server, 'close');
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EACCES'
        ? 'forbidden'
        : 'taken';
    }
  }
  return null;
}
