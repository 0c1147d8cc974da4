import { createHash, randomUUID } from 'node:crypto';
import {
  access,
  constants,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

import {
  assertKey,
  contentTypeOf,
  type ImageStore,
  ImageStoreError,
  isKey,
  type StoredImage,
  type StoredKey,
} from './store.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error));
const broken = (what: string, cause: unknown): ImageStoreError =>
  new ImageStoreError(`${what} (${codeOf(cause) || String(cause)})`, { cause });
/** Files being written; never listed, never served (keys cannot start with a dot). */
const TEMPORARY = '.writing-';

async function write(root: string, key: string, bytes: Buffer): Promise<void> {
  const path = join(root, key);
  const temporary = join(dirname(path), `${TEMPORARY}${randomUUID()}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    // Cleaning up may fail for the reason writing did: that must not hide it.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw broken(`Cannot write the image ${key} under ${root}`, error);
  }
}

async function read(root: string, key: string): Promise<StoredImage | null> {
  try {
    const body = await readFile(join(root, key));
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
    return { body, contentType: contentTypeOf(key), size: body.length, etag };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw broken(`Cannot read the image ${key} under ${root}`, error);
  }
}

async function listUnder(root: string, prefix: string): Promise<StoredKey[]> {
  // Only the folder part of the prefix is walked: the rest is a plain name filter.
  const folder = join(root, prefix.slice(0, prefix.lastIndexOf('/') + 1));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      if (isAbsent(error)) return [];
      throw broken(`Cannot list the images under ${folder}`, error);
    },
  );
  const keys = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((key) => key.startsWith(prefix) && isKey(key));
  const found = await Promise.all(
    keys.map(async (key) => ({ key, file: await stat(join(root, key)).catch(() => null) })),
  );
  // One that was deleted meanwhile is not there.
  return found.flatMap(({ key, file }) =>
    file === null ? [] : [{ key, modifiedAt: file.mtime, size: file.size }],
  );
}

/**
 * Keeps images as files under `root` (made when first written). Writes are atomic: a reader sees
 * the old bytes or the new ones.
 */
export function diskStore(root: string): ImageStore {
  return {
    async put(key, bytes) {
      assertKey(key);
      await write(root, key, bytes);
    },
    get: async (key) => (isKey(key) ? read(root, key) : null),
    async has(key) {
      if (!isKey(key)) return false;
      return (await stat(join(root, key)).catch(() => null))?.isFile() ?? false;
    },
    async delete(key) {
      assertKey(key);
      await rm(join(root, key), { force: true });
    },
    list: (prefix) => listUnder(root, prefix),
    async check() {
      try {
        await mkdir(root, { recursive: true });
        await access(root, constants.W_OK);
      } catch (error) {
        throw broken(`The image folder ${root} cannot be written`, error);
      }
    },
  };
}
