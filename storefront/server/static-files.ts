import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { encodeBody } from '@comptoir/http';

import type { CachedPage } from './html-cache.ts';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
};
const COMPRESSED = new Set(['.css', '.js', '.svg', '.txt', '.json']);
const IMMUTABLE = 'public, max-age=31536000, immutable';
const REVALIDATED = 'public, max-age=300, stale-while-revalidate=86400';

async function prepare(root: string, file: string): Promise<CachedPage> {
  const content = await readFile(file);
  const extension = extname(file);
  const rules = file.endsWith('speculation.json');
  const headers = {
    'content-type': rules
      ? 'application/speculationrules+json'
      : (TYPES[extension] ?? 'application/octet-stream'),
    'cache-control': relative(root, file).startsWith('_assets') ? IMMUTABLE : REVALIDATED,
  };
  const body = COMPRESSED.has(extension) ? await encodeBody(content, 11) : { identity: content };
  return {
    status: 200,
    headers,
    body,
    etag: createHash('sha256').update(content).digest('base64url').slice(0, 22),
  };
}

/**
 * Every file of the client build, compressed once, by path. They are few and small, so all stay in
 * memory.
 */
export async function loadStaticFiles(root: string): Promise<Map<string, CachedPage>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(
        async (file) =>
          [`/${relative(root, file).split(sep).join('/')}`, await prepare(root, file)] as const,
      ),
    ),
  );
}
