import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';

import { entryId, entryJson, type Memory, type MemoryRow } from './memory.ts';
import { parseRows } from './parse-rows.ts';

/** A catalogue as it was at `asOf` (milliseconds). */
interface Dump {
  memory: Memory;
  asOf: number;
}
type DumpResult =
  | { ok: true; dump: Dump; skipped: number }
  | { ok: false; reason: 'absent' | 'corrupt'; message: string };

const FILE = 'catalogue.json';
const headSchema = z.object({
  sha256: z.string(),
  epoch: z.string(),
  n: z.int(),
  asOf: z.number(),
  rows: z.array(z.unknown()),
});

/** One row of the dump, as the database has it. */
function rowJson({ id, n, entry }: MemoryRow): string {
  const names = `"kind":${JSON.stringify(id.kind)},"key":${JSON.stringify(id.key)},"locale":${JSON.stringify(id.locale)},"version":${n}`;
  return entry ? `{${names},"entry":${entryJson(entry)}}` : `{${names},"entry":null}`;
}

/** The rows as one text, made in slices so that no request waits for a big catalogue. */
async function rowsJson(memory: Memory): Promise<string> {
  const parts: string[] = [];
  for (const row of memory.rows.values()) {
    parts.push(rowJson(row));
    if (parts.length % 50 === 0) await nextTurn();
  }
  return `[${parts.join(',\n')}]`;
}

const checksum = (head: { epoch: string; n: number; asOf: number }, rows: string): string =>
  createHash('sha256').update(`${head.epoch}.${head.n}@${head.asOf}\n`).update(rows).digest('hex');

/**
 * Writes the dump: whole or not at all (temporary file, fsync, rename).
 * @throws when the folder cannot be written.
 */
export async function writeDump(folder: string, { memory, asOf }: Dump): Promise<void> {
  const rows = await rowsJson(memory);
  const head = { epoch: memory.epoch, n: memory.n, asOf };
  const text = `${JSON.stringify({ sha256: checksum(head, rows), ...head }).slice(0, -1)},"rows":${rows}}\n`;
  await writeWhole(folder, FILE, text);
}

/**
 * Replaces a file atomically; a reader sees the old or the new one.
 * @throws when the folder cannot be written.
 */
export async function writeWhole(
  folder: string,
  name: string,
  text: string | Uint8Array,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${name}.${randomBytes(4).toString('hex')}`);
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(folder, name));
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Reads the newest dump. A damaged one is a result, never served and never thrown. */
export async function readDump(folder: string): Promise<DumpResult> {
  let text: string;
  try {
    text = await readFile(join(folder, FILE), 'utf8');
  } catch {
    return { ok: false, reason: 'absent', message: 'no dump yet' };
  }
  const head = parseHead(text);
  if (!head.ok) return head;
  const { rows, skipped } = await parseRows(head.rows);
  const memory: Memory = {
    epoch: head.epoch,
    n: head.n,
    rows: new Map(rows.map((row) => [entryId(row.id), row])),
  };
  return { ok: true, dump: { memory, asOf: head.asOf }, skipped: skipped.length };
}

const corrupt = (message: string): { ok: false; reason: 'corrupt'; message: string } => ({
  ok: false,
  reason: 'corrupt',
  message,
});

function parseHead(
  text: string,
):
  | { ok: true; epoch: string; n: number; asOf: number; rows: unknown[] }
  | ReturnType<typeof corrupt> {
  try {
    const head = headSchema.parse(JSON.parse(text));
    const from = text.indexOf(',"rows":') + ',"rows":'.length;
    if (checksum(head, text.slice(from, text.lastIndexOf('}'))) !== head.sha256)
      return corrupt('its checksum does not match its content');
    return {
      ok: true,
      epoch: head.epoch,
      n: head.n,
      asOf: head.asOf,
      rows: head.rows.map(withBody),
    };
  } catch (error) {
    return corrupt(error instanceof Error ? error.message.slice(0, 200) : 'unreadable');
  }
}

/** Dump rows keep the whole entry; the row parser wants the body alone. */
function withBody(row: unknown): unknown {
  const parsed = z.looseObject({ entry: z.object({ body: z.unknown() }).nullable() }).parse(row);
  return { ...parsed, body: parsed.entry === null ? null : parsed.entry.body };
}
