import { createServer } from 'node:http';
import { join } from 'node:path';
import { seedEntries } from '@comptoir/catalogue/csv/seed-entries';
import { ROOT } from '@comptoir/env';
import Koa from 'koa';
import { tryDoor } from '../try-door.ts';

/** One server in a process of its own, so that the load does not share its thread: `node served.ts raw|koa|door [databaseUrl]`. Prints its port. */
const [kind, databaseUrl] = process.argv.slice(2);
const entries = await seedEntries(join(ROOT, 'infra/seed'));
const body = Buffer.from(JSON.stringify({ data: entries.find((entry) => entry.kind === 'product') }));
const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };

if (kind === 'door') {
  const shop = await tryDoor({ entries, longPollMs: 25_000, ...(databaseUrl !== undefined && { databaseUrl, pollMs: 5000 }) });
  process.stdout.write(`${shop.port}\n`);
} else {
  const app = new Koa();
  app.use(async (_, next) => next());
  app.use((context) => {
    context.set(headers);
    context.body = body;
  });
  const server = createServer(kind === 'koa' ? app.callback() : (_, response) => response.writeHead(200, headers).end(body));
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
  });
}
