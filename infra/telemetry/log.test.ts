import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const folder = JSON.stringify(import.meta.dirname);
const lineSchema = z
  .object({
    level: z.string(),
    time: z.iso.datetime(),
    service: z.literal('t"x'),
    id: z.string().optional(),
    msg: z.string(),
  })
  .loose();

/**
 * Runs `script` with a log in a process of its own, its output in a file; answers the lines it left
 * behind.
 */
async function linesOf(
  script: string,
  signal?: NodeJS.Signals,
): Promise<z.infer<typeof lineSchema>[]> {
  const place = mkdtempSync(join(tmpdir(), 'log-'));
  const file = join(place, 'out');
  const out = openSync(file, 'w');
  const code = `import { createLog } from ${folder.slice(0, -1)}/log.ts"; const log = createLog({ service: 't"x', level: 'info' }); ${script}`;
  const child = spawn(
    process.execPath,
    ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', '--input-type=module', '-e', code],
    { stdio: ['ignore', out, 'inherit', 'ipc'] },
  );
  const exit = once(child, 'exit');
  if (signal) {
    await once(child, 'message');
    child.kill(signal);
  }
  await exit;
  closeSync(out);
  const text = readFileSync(file, 'utf8');
  rmSync(place, { recursive: true });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)));
}

/** Tells the script to end once its output is no longer read. @returns its exit code */
async function codeWithoutReader(script: string): Promise<number | null> {
  const code = `import { createLog } from ${folder.slice(0, -1)}/log.ts"; import { stopWhenAsked } from ${folder.slice(0, -1)}/../process/stop-when-asked.ts"; const log = createLog({ service: 't', level: 'info' }); ${script}`;
  const child = spawn(
    process.execPath,
    ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', '--input-type=module', '-e', code],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], timeout: 4000, killSignal: 'SIGKILL' },
  );
  const exit = once(child, 'exit');
  await once(child, 'message');
  child.stdout?.destroy();
  child.send('go');
  return (await exit)[0];
}

const request = `{ id: String(n), method: 'GET', url: '/é"\\\\?token=secret', route: '/x', status: 200, ms: 1.26 }`;

test('no line is lost or out of order when the process exits at once', async () => {
  const lines = await linesOf(
    `for (let n = 0; n < 3000; n += 1) { if (n % 2) log.request(${request}); else log.info({ id: String(n) }, 'said'); } process.exit(0);`,
  );
  expect(lines.map(({ id }) => Number(id))).toEqual(Array.from({ length: 3000 }, (_, n) => n));
});

test('nor on SIGTERM in the middle of a busy moment', async () => {
  const lines = await linesOf(
    `
    let n = 0; const say = () => { for (let i = 0; i < 50; i += 1) { log.request(${request}); n += 1; } if (n === 1000) process.send('busy'); setImmediate(say); };
    process.on('SIGTERM', () => { log.info({ id: String(n) }, 'last'); process.exit(0); }); say();`,
    'SIGTERM',
  );
  expect(lines.at(-1)).toMatchObject({ msg: 'last' });
  expect(lines.map(({ id }) => Number(id))).toEqual(lines.map((_, n) => n));
});

test('a request is a line like any other, without its query', async () => {
  const [line] = await linesOf(`const n = 'abc'; log.request(${request});`);
  expect(line).toEqual({
    level: 'info',
    time: expect.any(String),
    service: 't"x',
    id: 'abc',
    method: 'GET',
    path: '/é"\\',
    route: '/x',
    status: 200,
    ms: 1.3,
    msg: 'request',
  });
});

test('below its level nothing is written', async () => {
  const lines = await linesOf(
    `log.level = 'warn'; log.request({ id: 'x', method: 'GET', url: '/', route: '/', status: 200, ms: 1 }); log.warn('heard');`,
  );
  expect(lines.map(({ msg }) => msg)).toEqual(['heard']);
});

test('secrets are replaced', async () => {
  const [line] = await linesOf(`log.info({ headers: { cookie: 'c' }, token: 't' }, 'said');`);
  expect(line).toMatchObject({ headers: { cookie: '[hidden]' }, token: '[hidden]' });
});

test('a process whose reader is gone can still end', async () => {
  expect(
    await codeWithoutReader(
      `process.on('message', () => { for (const n of [1, 2, 3]) log.info({ n }, 'x'.repeat(20_000)); process.exit(7); }); process.send('ready');`,
    ),
  ).toBe(7);
});

test('an end that hangs is cut, with its own code', async () => {
  expect(
    await codeWithoutReader(
      `stopWhenAsked(() => new Promise(() => {}), log, 100); process.on('message', () => process.kill(process.pid, 'SIGTERM')); setInterval(() => {}, 1000); process.send('ready');`,
    ),
  ).toBe(1);
});

test('an end in order is 0, a failed one 1', async () => {
  const end = (stop: string): Promise<number | null> =>
    codeWithoutReader(
      `stopWhenAsked(async () => { ${stop} }, log); process.on('message', () => process.kill(process.pid, 'SIGINT')); process.send('ready');`,
    );
  expect(await Promise.all([end(''), end('throw new Error("no")')])).toEqual([0, 1]);
});
