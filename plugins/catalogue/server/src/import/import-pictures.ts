import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { pictureHash } from '../../../images/hash.ts';
import { libraryFiles } from './stored-products.ts';

/**
 * Where each picture of a file comes from. `upload` = the folder has content that the library
 * lacks.
 */
export type PictureSource =
  { kind: 'library'; id: number } | { kind: 'upload'; path: string } | { kind: 'missing' };

/**
 * Looks for each picture in the folders first, then in the media library. Same name and same
 * content = reused.
 */
export async function findPictures(
  strapi: Core.Strapi,
  folders: readonly string[],
  names: readonly string[],
): Promise<Map<string, PictureSource>> {
  const library = await libraryFiles(strapi, names);
  const sources = new Map<string, PictureSource>();
  for (const name of names) {
    const known = library.get(name) ?? [];
    const found = await firstFile(folders.map((folder) => join(folder, name)));
    const same =
      found === null ? known[0] : known.find((file) => file.hash === pictureHash(found.content));
    if (same !== undefined) sources.set(name, { kind: 'library', id: same.id });
    else
      sources.set(
        name,
        found === null ? { kind: 'missing' } : { kind: 'upload', path: found.path },
      );
  }
  return sources;
}

async function firstFile(
  paths: readonly string[],
): Promise<{ path: string; content: Buffer } | null> {
  for (const path of paths) {
    const content = await readFile(path).catch(() => null);
    if (content !== null) return { path, content };
  }
  return null;
}

const MIME: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
};
const uploadedSchema = z.array(z.looseObject({ id: z.int() })).min(1);

/**
 * Puts one picture into the media library: hooks make its renditions, outside any transaction.
 * @returns its id
 * @throws when it is refused
 */
export async function uploadPicture(
  strapi: Core.Strapi,
  name: string,
  path: string,
): Promise<number> {
  const scratch = await mkdtemp(join(tmpdir(), 'comptoir-import-'));
  try {
    // The upload service may consume the file it is given; the merchant's own stays where it is.
    const filepath = join(scratch, `picture${extname(name)}`);
    await copyFile(path, filepath);
    const { size } = await stat(filepath);
    const files = {
      filepath,
      originalFilename: name,
      mimetype: MIME[extname(name).toLowerCase()] ?? 'application/octet-stream',
      size,
    };
    const uploaded: unknown = await strapi
      .plugin('upload')
      .service('upload')
      .upload({ data: { fileInfo: { name } }, files });
    return uploadedSchema.parse(uploaded)[0]?.id ?? 0;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Takes uploads back after a failed import. Failures are ignored: the orphan sweep finds the rest.
 */
export async function removePictures(strapi: Core.Strapi, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    const file: unknown = await strapi.db.query('plugin::upload.file').findOne({ where: { id } });
    if (file !== null)
      await strapi
        .plugin('upload')
        .service('upload')
        .remove(file)
        .catch(() => undefined);
  }
}
