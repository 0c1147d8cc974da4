import { fileURLToPath } from 'node:url';

import type { CatalogueApi } from './catalogue-api.ts';
import { createCatalogueApi } from './catalogue-api.ts';
import { EMPTY_STATE, newestOf, readDump, writeDump } from './catalogue-dump.ts';
import { CatalogueFollower } from './catalogue-follower.ts';
import { CatalogueReader } from './catalogue-reader.ts';
import type { CatalogueState } from './catalogue-state.ts';
import type { ShopLocals } from './shop-locals.ts';

export interface CatalogueOptions {
  apiUrl: string;
  siteUrl: string;
  imageBase: string;
  paymentSources: readonly string[];
  /** The storefront's own dump. */
  dumpFile: string;
  /** A snapshot shipped with the build; null to do without (a real shop never shows the sample). */
  builtInFile: string | null;
  onTouched: (tags: string[]) => void;
  log: (level: 'info' | 'warn', message: string) => void;
}
export interface OpenCatalogue {
  follower: CatalogueFollower;
  api: CatalogueApi;
  shop: () => ShopLocals;
  close: () => Promise<void>;
}

/** Writes one state at a time; of those that wait meanwhile only the newest. */
function dumper(
  file: string,
  log: CatalogueOptions['log'],
): { save: (state: CatalogueState) => void; idle: () => Promise<void> } {
  let waiting: CatalogueState | null = null;
  let running = Promise.resolve();
  const drain = async (): Promise<void> => {
    const state = waiting;
    waiting = null;
    if (state)
      await writeDump(file, state).catch((error: unknown) =>
        log('warn', `cannot write ${file}: ${String(error)}`),
      );
  };
  return {
    save: (state) => {
      waiting = state;
      running = running.then(drain);
    },
    idle: () => running,
  };
}

/**
 * Opens the newest copy at hand and follows the API. Never fails: with nothing at hand the shop
 * opens empty.
 */
export async function openCatalogue(options: CatalogueOptions): Promise<OpenCatalogue> {
  const report = (reason: string): void => options.log('warn', reason);
  const builtIn = options.builtInFile ? await readDump(options.builtInFile, report) : null;
  const initial = newestOf([await readDump(options.dumpFile, report), builtIn]) ?? EMPTY_STATE;
  const api = createCatalogueApi(options.apiUrl);
  const dump = dumper(options.dumpFile, options.log);
  const follower = new CatalogueFollower({
    api,
    initial,
    onTouched: options.onTouched,
    onState: dump.save,
    log: options.log,
    now: Date.now,
  });
  follower.start();
  const { siteUrl, imageBase, paymentSources } = options;
  const shop = (): ShopLocals => ({
    catalogue: new CatalogueReader(follower.state, follower.degraded),
    preview: api.preview,
    siteUrl,
    imageBase,
    paymentSources,
  });
  const close = async (): Promise<void> => {
    follower.stop();
    await dump.idle();
  };
  return { follower, api, shop, close };
}

/** The snapshot that the build puts beside the server. */
export const BUILT_IN_FILE = fileURLToPath(
  new URL('../../built-in/catalogue.json', import.meta.url),
);
