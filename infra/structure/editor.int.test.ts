import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from '@comptoir/env';

import { trackedFiles } from './tracked.ts';

/** The language server that editors run, asked as an editor asks it. */
const reply = z.object({
  type: z.literal('response'),
  request_seq: z.int(),
  success: z.boolean(),
  message: z.string().default(''),
  body: z.unknown(),
});
const projectInfo = z.object({ configFileName: z.string() });
const diagnostics = z.array(z.object({ text: z.string(), code: z.int() }));

const tracked = trackedFiles();
const waiting = new Map<number, (answer: z.infer<typeof reply>) => void>();
let server: ChildProcess;
let sequence = 0;

beforeAll(() => {
  const tsserver = createRequire(import.meta.url).resolve('typescript/lib/tsserver.js');
  server = spawn(process.execPath, [tsserver, '--disableAutomaticTypingAcquisition'], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (!server.stdout) throw new Error('tsserver has no output');
  createInterface({ input: server.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return;
    const answer = reply.safeParse(JSON.parse(line));
    if (answer.success) waiting.get(answer.data.request_seq)?.(answer.data);
  });
});
afterAll(() => {
  server.kill();
});

const send = (command: string, args: object): number => {
  sequence += 1;
  server.stdin?.write(
    `${JSON.stringify({ seq: sequence, type: 'request', command, arguments: args })}\n`,
  );
  return sequence;
};

const ask = async (command: string, file: string): Promise<unknown> => {
  const { promise, resolve } = Promise.withResolvers<z.infer<typeof reply>>();
  waiting.set(send(command, { file, needFileNameList: false }), resolve);
  const { success, message, body } = await promise;
  expect(success, message).toBe(true);
  return body;
};

/** A file of a folder, whatever it is called today. */
const sampleOf = (folder: string, ending: RegExp): string => {
  const found = tracked.find((file) => file.startsWith(folder) && ending.test(file));
  if (found === undefined) throw new Error(`${folder} holds no file ${ending}`);
  return found;
};
const product = /(?<!\.test)\.ts$/;
const unitTest = /(?<!\.int)\.test\.ts$/;

test.each([
  ['plugins/catalogue/domain/', product, 'plugins/catalogue/tsconfig.json'],
  ['plugins/commerce/domain/', product, 'plugins/commerce/tsconfig.json'],
  ['plugins/commerce/domain/', unitTest, 'plugins/commerce/tsconfig.tests.json'],
  ['plugins/commerce/usecases/', product, 'plugins/commerce/tsconfig.json'],
  ['plugins/stripe/adapters/', product, 'plugins/stripe/tsconfig.json'],
  ['plugins/mailer/templates/', product, 'plugins/mailer/tsconfig.json'],
  ['cms/commands/', product, 'cms/tsconfig.commands.json'],
  ['vitest.config.ts', product, 'tsconfig.tools.json'],
])(
  'an editor that opens a file of %s (%s) is led to %s, without errors',
  async (folder, ending, config) => {
    const file = join(ROOT, sampleOf(folder, ending));
    send('open', { file });

    const { configFileName } = projectInfo.parse(await ask('projectInfo', file));
    const errors = diagnostics.parse(await ask('semanticDiagnosticsSync', file));

    expect(relative(ROOT, configFileName)).toBe(config);
    expect(errors).toEqual([]);
  },
);
