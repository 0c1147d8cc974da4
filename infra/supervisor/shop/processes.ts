import { join } from 'node:path';
import { ROOT } from '@comptoir/env';
import { type Child, startChild } from '@comptoir/process';

import { startPostgres } from '../postgres/postgres-server.ts';
import type { Settings } from '../supervisor-settings.ts';
import { keepAlive, type Kept } from './kept-alive.ts';
import { orLastWords } from './or-last-words.ts';
import { announceStrapi } from './strapi-news.ts';

/** Takes the words for people, the reason for giving up, and the ways to end what was started. */
export interface Terminal {
  say: (text: string) => void;
  giveUp: (reason: string) => void;
  register: (stop: () => Promise<void>) => void;
}

/**
 * The embedded Postgres, kept running for ever on the port it got first (the address is in the
 * others' environment).
 */
export async function keepPostgres(
  dataDir: string,
  { say, giveUp, register }: Terminal,
): Promise<{ url: string; kept: Kept }> {
  const first = await startPostgres({ dataDir });
  for (const notice of first.notices) say(`  ${notice}`);
  let next: typeof first | null = first;
  const start = async (): Promise<typeof first> => {
    const server = next ?? (await startPostgres({ dataDir, port: first.port }));
    next = null;
    return server;
  };
  return {
    url: first.url,
    kept: await keepAlive({ name: 'Postgres', policy: 'always', start, say, giveUp, register }),
  };
}

/** The API's door, which keeps Strapi running behind it; a death of Strapi is told too. */
export function keepDoor(
  { env }: Settings,
  childEnv: NodeJS.ProcessEnv,
  terminal: Terminal,
  onOutput?: (text: string) => void,
): Promise<Kept> {
  const start = (stopping: AbortSignal): Promise<Child> => {
    const news = announceStrapi(terminal.say);
    const listen = (text: string): void => {
      news(text);
      onOutput?.(text);
    };
    const child = startChild({
      name: 'The API',
      args: [join(ROOT, 'cms/door/main.ts')],
      cwd: ROOT,
      env: childEnv,
      logFile: join(env.dataDir, 'logs/api.log'),
      onOutput: listen,
    });
    return orLastWords(child, `http://127.0.0.1:${env.apiPort}/health`, stopping);
  };
  return keepAlive({ name: 'The API', policy: 'limited', start, ...terminal });
}

export function keepStorefront(
  { env }: Settings,
  childEnv: NodeJS.ProcessEnv,
  terminal: Terminal,
  args: string[] = [join(ROOT, 'storefront/server.ts')],
  onOutput?: (text: string) => void,
): Promise<Kept> {
  const start = (stopping: AbortSignal): Promise<Child> =>
    orLastWords(
      startChild({
        name: 'The storefront',
        args,
        cwd: join(ROOT, 'storefront'),
        env: childEnv,
        logFile: join(env.dataDir, 'logs/storefront.log'),
        onOutput,
      }),
      `http://127.0.0.1:${env.storefrontPort}/`,
      stopping,
    );
  return keepAlive({ name: 'The storefront', policy: 'limited', start, ...terminal });
}
