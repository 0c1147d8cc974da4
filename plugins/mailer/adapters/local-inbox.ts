import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import type { Deliver } from './smtp.ts';

/** A mail as the local inbox keeps it; `at` is an instant. Its id is the mail's key. */
const storedSchema = z.object({
  key: z.string(),
  kind: z.string(),
  messageId: z.string(),
  at: z.string(),
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  from: z.object({ name: z.string(), address: z.string() }),
});
export type StoredMail = z.infer<typeof storedSchema>;

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,149}$/;
const MOST_SHOWN = 100;

/**
 * Where a demo's mails land: one JSON file each in `folder`, whole or not there. The same mail
 * again is the same file.
 */
export function localInbox(folder: string, now: () => Date = () => new Date()) {
  const pathOf = (key: string): string => join(folder, `${key}.json`);
  const deliver: Deliver = async ({ key, kind, messageId, from, to, subject, html, text }) => {
    const stored: StoredMail = {
      key,
      kind,
      messageId,
      at: now().toISOString(),
      from,
      to,
      subject,
      html,
      text,
    };
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = join(folder, `.${key}.${process.pid}.new`);
      await writeFile(draft, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 });
      await rename(draft, pathOf(key));
      return { kind: 'sent' };
    } catch (error) {
      return {
        kind: 'unavailable',
        reason: `the mail folder cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  };
  /** One mail; null when it is not there, or when `key` is no key. */
  const read = async (key: string): Promise<StoredMail | null> => {
    if (!ID.test(key)) return null;
    const text = await readFile(pathOf(key), 'utf8').catch(() => null);
    return text === null ? null : storedSchema.parse(JSON.parse(text));
  };
  /** Epoch milliseconds; 0 for a file that has just gone. */
  const writtenAt = async (name: string): Promise<{ name: string; at: number }> => ({
    name,
    at: (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0,
  });
  /**
   * The newest mails, newest first, at most a hundred: the folder is never pruned, so older ones
   * are not read.
   */
  const list = async (): Promise<StoredMail[]> => {
    const names = await readdir(folder).catch((): string[] => []);
    const files = await Promise.all(
      names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).map(writtenAt),
    );
    const newest = files.sort((a, b) => b.at - a.at).slice(0, MOST_SHOWN);
    const mails = await Promise.all(newest.map(({ name }) => read(name.slice(0, -'.json'.length))));
    return mails.filter((mail) => mail !== null).sort((a, b) => b.at.localeCompare(a.at));
  };
  return { deliver, read, list };
}
export type Inbox = ReturnType<typeof localInbox>;
