import { AsyncLocalStorage } from 'node:async_hooks';
import { readFile } from 'node:fs/promises';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';

import type { PictureFacts } from '../../../images/renditions.ts';
import { ImageStoreError } from '../../../images/store.ts';
import { acceptPicture, type RenditionStores } from './accept-picture.ts';
import { withFacts } from './picture-facts.ts';
import { StorageUnavailable } from './storage-unavailable.ts';

const FILE = 'plugin::upload.file';

/** A file as formidable hands it to the upload service. */
interface Incoming {
  filepath: string;
  originalFilename?: string | null;
  mimetype?: string | null;
}
interface StoredFile {
  id: number;
}
interface UploadInput {
  data: { fileInfo?: unknown };
  files: Incoming | Incoming[];
}
interface ReplaceInput {
  data: unknown;
  file: Incoming;
}
/**
 * The part of Strapi's upload service that writes files; every way in (admin, API, from an address)
 * ends here.
 */
interface UploadService {
  upload(input: UploadInput, options?: unknown): Promise<StoredFile[]>;
  replace(id: unknown, input: ReplaceInput, options?: unknown): Promise<StoredFile>;
  remove(file: StoredFile): Promise<unknown>;
}
type ProviderFile = Record<string, unknown>;
type ProviderWrite = (file: ProviderFile, options?: unknown) => Promise<unknown>;
type Provider = Partial<Record<'upload' | 'uploadStream', ProviderWrite>> & {
  delete: ProviderWrite;
};

/** What one file's upload knows while Strapi stores it. */
interface Storing {
  facts: PictureFacts;
  written: ProviderFile[];
}

const storing = new AsyncLocalStorage<Storing>();
/** Objects whose deletion waits until the row is really gone. */
const removing = new AsyncLocalStorage<ProviderFile[]>();
const listOf = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

async function accepted(stores: RenditionStores, file: Incoming): Promise<PictureFacts> {
  const name = file.originalFilename ?? '';
  const answer = await acceptPicture(stores, await readFile(file.filepath), {
    name,
    type: file.mimetype ?? '',
  }).catch((error: unknown) => {
    throw asUnavailable(error);
  });
  if (!answer.ok) throw new errors.ValidationError(`« ${name} » est refusé : ${answer.reason}`);
  return answer.facts;
}

function asUnavailable(error: unknown): unknown {
  if (!(error instanceof ImageStoreError)) return error;
  return new StorageUnavailable();
}

/**
 * Runs Strapi's own storing of one accepted file; when it fails, the objects it already wrote are
 * deleted.
 */
async function store<T>(
  provider: Provider,
  log: Core.Strapi['log'],
  facts: PictureFacts,
  undo: boolean,
  call: () => Promise<T>,
): Promise<T> {
  const context: Storing = { facts, written: [] };
  try {
    return await storing.run(context, call);
  } catch (error) {
    log.error(
      `Pictures: storing failed: ${error instanceof Error ? error.message : String(error)}`,
    );
    if (undo) await Promise.allSettled(context.written.map((file) => provider.delete(file)));
    if (error instanceof errors.ApplicationError) throw error;
    throw new StorageUnavailable();
  }
}

/**
 * Lets {@link store} know what is written, and holds deletions back while a row is being removed.
 */
function watchProvider(provider: Provider): ProviderWrite {
  const remove = provider.delete.bind(provider);
  provider.delete = async (file, options) => {
    const waiting = removing.getStore();
    if (waiting === undefined) return remove(file, options);
    return waiting.push(file);
  };
  for (const method of ['upload', 'uploadStream'] as const) {
    const original = provider[method]?.bind(provider);
    if (original === undefined) continue;
    provider[method] = async (file, options) => {
      storing.getStore()?.written.push(file);
      return original(file, options);
    };
  }
  return remove;
}

/**
 * Strapi deletes the objects first and the row after; a refused deletion (the picture of a
 * published product) would lose the objects of a row that stays. Here the objects go last; one that
 * cannot be deleted is logged, nothing refers to it.
 */
async function removeFile<T>(
  log: Core.Strapi['log'],
  remove: ProviderWrite,
  call: () => Promise<T>,
): Promise<T> {
  const waiting: ProviderFile[] = [];
  const result = await removing.run(waiting, call);
  for (const outcome of await Promise.allSettled(waiting.map((file) => remove(file)))) {
    if (outcome.status === 'rejected')
      log.warn(
        `Pictures: an object of a deleted file stays in the store: ${String(outcome.reason)}`,
      );
  }
  return result;
}

async function uploadAll(
  service: UploadService,
  input: UploadInput,
  each: (file: Incoming, fileInfo: unknown) => Promise<StoredFile[]>,
): Promise<StoredFile[]> {
  const infos = listOf(input.data.fileInfo ?? {});
  const saved: StoredFile[] = [];
  try {
    for (const [index, file] of listOf(input.files).entries())
      saved.push(...(await each(file, infos[index] ?? {})));
    return saved;
  } catch (error) {
    await Promise.allSettled(saved.map((file) => service.remove(file)));
    throw error;
  }
}

/**
 * Puts the shop's rules before Strapi's upload service: every file of a request is checked and its
 * renditions are stored before anything else is; one bad file refuses the request, and a failure
 * half-way leaves neither row nor object. Call once, in bootstrap, after what projects media into
 * the read model: so nothing is encoded inside a transaction.
 */
export function guardUploads(strapi: Core.Strapi, images: RenditionStores): void {
  const service: UploadService = strapi.plugin('upload').service('upload');
  const provider: Provider = Reflect.get(strapi.plugin('upload'), 'provider');
  const original = {
    upload: service.upload.bind(service),
    replace: service.replace.bind(service),
    remove: service.remove.bind(service),
  };
  const removeObject = watchProvider(provider);

  service.upload = async (input, options) => {
    const known = new Map<Incoming, PictureFacts>();
    for (const file of listOf(input.files)) known.set(file, await accepted(images, file));
    return uploadAll(service, input, (file, fileInfo) => {
      const facts = known.get(file);
      if (facts === undefined) throw new Error('A file was not checked before it was stored');
      return store(provider, strapi.log, facts, true, () =>
        original.upload({ data: { ...input.data, fileInfo }, files: file }, options),
      );
    });
  };
  // A replacement keeps its address: what was written may be the only copy, so nothing is deleted
  // on failure.
  service.replace = async (id, input, options) => {
    const facts = await accepted(images, input.file);
    return store(provider, strapi.log, facts, false, () => original.replace(id, input, options));
  };
  service.remove = (file) => removeFile(strapi.log, removeObject, () => original.remove(file));
  keepFacts(strapi);
}

/**
 * Writes the facts into the row in the same statement that makes it: no file row is ever without
 * them.
 */
function keepFacts(strapi: Core.Strapi): void {
  const keep = (event: { params: { data?: unknown } }): void => {
    const facts = storing.getStore()?.facts;
    if (facts === undefined || typeof event.params.data !== 'object' || event.params.data === null)
      return;
    const metadata: unknown = Reflect.get(event.params.data, 'provider_metadata');
    Reflect.set(event.params.data, 'provider_metadata', withFacts(metadata, facts));
  };
  strapi.db.lifecycles.subscribe({ models: [FILE], beforeCreate: keep, beforeUpdate: keep });
}
