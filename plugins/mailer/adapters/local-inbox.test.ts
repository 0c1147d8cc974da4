import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { localInbox } from './local-inbox.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-inbox-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const address = { name: 'Atelier', address: 'shop@example.test' };

test('a folder that is never pruned is not read whole: the newest hundred are', async () => {
  let minute = 0;
  const inbox = localInbox(folder, () => new Date(Date.UTC(2026, 10, 25, 12, minute)));
  for (minute = 0; minute < 101; minute += 1) {
    const key = `mail-${minute}`;
    await inbox.deliver(
      {
        key,
        kind: 'order-link',
        messageId: `<${key}@x>`,
        from: address,
        replyTo: null,
        to: 'lea@example.test',
        subject: key,
        html: '',
        text: '',
      },
      AbortSignal.timeout(1000),
    );
    await utimes(join(folder, `${key}.json`), minute, minute);
  }
  await writeFile(join(folder, 'mail-0.json'), 'read by nobody');
  await utimes(join(folder, 'mail-0.json'), 0, 0);
  const listed = await inbox.list();
  expect([listed.length, listed[0]?.key, listed.at(-1)?.key]).toEqual([100, 'mail-100', 'mail-1']);
});
