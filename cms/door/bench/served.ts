import { createServer } from 'node:http';
import { join } from 'node:path';
import Koa from 'koa';
import { seedEntries } from '@comptoir/catalogue/csv/seed-entries';
import { ROOT } from '@comptoir/env';
import { createLog } from '@comptoir/telemetry';

import { tryDoor } from '../door.fixture.ts';

/**
 * One server in a process of its own, so that the load does not share its thread: `served.ts
 * raw|koa|door [databaseUrl]`, forked. Tells its port, and when asked the CPU time it has used, in
 * microseconds. All three send the same bytes; the door logs each request as in production.
 */
const [kind, databaseUrl] = process.argv.slice(2);
const entries = seedEntries(join(ROOT, 'infra/seed'));
const openDoor = (level: string) =>
  tryDoor({
    entries,
    log: createLog({ service: 'api', level }),
    longPollMs: 25_000,
    ...(databaseUrl !== undefined && { databaseUrl, pollMs: 5000 }),
  });

async function openRival(): Promise<number> {
  const shop = await openDoor('silent');
  const body = Buffer.from(await (await shop.get('/api/produits/ah-001')).arrayBuffer());
  await shop.close();
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
  const app = new Koa();
  app.use(async (_, next) => next());
  app.use((context) => {
    context.set(headers);
    context.body = body;
  });
  const koa = app.callback();
  const server = createServer((request, response) => {
    // Koa answers with its own errors: its promise never rejects.
    if (kind === 'koa') void koa(request, response);
    else response.writeHead(200, headers).end(body);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

const port = kind === 'door' ? (await openDoor('info')).port : await openRival();
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.on('disconnect', () => process.exit(0));
process.send?.(port);
