import { resolve } from 'node:path';
import type { Core } from '@strapi/strapi';
import { loadEnv } from '@comptoir/env';

import { openImageStore, openOwnStore, openShipped } from '../../../images/open-store.ts';
import type { ImageStore } from '../../../images/store.ts';
import { followCatalogue, type Follower } from './follow-catalogue.ts';
import {
  type MainPicturesRun,
  prepareMainPictures,
  type Query,
  writeMainPictures,
} from './main-pictures.ts';
import { type Sweep, sweepRenditions } from './sweep-renditions.ts';
import { guardUploads } from './upload-guard.ts';

let follower: Follower | null = null;

const seedDir = (strapi: Core.Strapi): string => resolve(strapi.dirs.app.root, '../infra/seed');
const storeOf = (strapi: Core.Strapi): ImageStore =>
  openImageStore(loadEnv('api'), seedDir(strapi));

/** Knex binds question marks, Postgres numbered values; statements here use the second. */
function queryOf(strapi: Core.Strapi): Query {
  return async (sql, values) => {
    const bound = values.length === 0 ? [] : [...values];
    const { rows } = await strapi.db.connection.raw(sql.replace(/\$\d+/g, '?'), bound);
    return rows;
  };
}

/**
 * One run after the other: the job and a command of the same process would encode every picture
 * twice.
 */
let lastRun: Promise<unknown> = Promise.resolve();

/**
 * Brings every `main.png` up to what is published, now; for seed, import and rebuild, which end
 * before the job would run.
 */
export function updateMainPictures(strapi: Core.Strapi): Promise<MainPicturesRun> {
  const run = lastRun.then(() => writeMainPictures(storeOf(strapi), queryOf(strapi)));
  lastRun = run.catch(() => undefined);
  return run;
}

/** Removes renditions that nothing refers to. @param dryRun true = lists them without removing */
export function sweepPictures(strapi: Core.Strapi, dryRun: boolean): Promise<Sweep> {
  return sweepRenditions(openOwnStore(loadEnv('api')), queryOf(strapi), new Date(), dryRun);
}

/**
 * Guards uploads and starts the job that follows publishes. In the plugin's bootstrap, after the
 * read model's tables exist.
 */
export async function bootstrapPictures(strapi: Core.Strapi): Promise<void> {
  const { databaseUrl } = loadEnv('api');
  guardUploads(strapi, {
    own: openOwnStore(loadEnv('api')),
    shipped: openShipped(seedDir(strapi)),
  });
  await prepareMainPictures(queryOf(strapi));
  if (databaseUrl === undefined) return;
  const report = (error: unknown): void => {
    strapi.log.warn(`Main pictures: ${error instanceof Error ? error.message : String(error)}`);
  };
  follower = followCatalogue(
    databaseUrl,
    async () => {
      const { failed } = await updateMainPictures(strapi);
      for (const [reference, why] of Object.entries(failed)) report(`${reference}: ${why}`);
    },
    report,
  );
}

/** Stops the job. In the plugin's destroy. */
export async function destroyPictures(): Promise<void> {
  await follower?.stop();
  follower = null;
}
