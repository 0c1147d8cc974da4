import type { Core } from '@strapi/strapi';
import { provideMigrations } from '@comptoir/database/migrate';
import { loadEnv } from '@comptoir/env';

import { catalogueMigrations } from '../../migrations/index.ts';
import {
  adminControllers,
  adminRoutes,
  bootstrapStaffSide,
  previewRoute,
  registerStaffSide,
  staffService,
} from './admin-side.ts';
import { followDocuments } from './documents/follow-documents.ts';
import { followMedia } from './documents/follow-media.ts';
import { draftProductProblems } from './documents/taken-names.ts';
import { importService } from './import/import-service.ts';
import { ensureLocales } from './locales.ts';
import {
  bootstrapPictures,
  destroyPictures,
  sweepPictures,
  updateMainPictures,
} from './pictures/picture-service.ts';
import { refuseForeignTypes } from './pictures/refuse-types.ts';
import { newEpoch, rebuild } from './read-model/rebuild-read-model.ts';
import { writeAvailability } from './read-model/skus.ts';
import { provideStock, stockPort } from './stock-port.ts';
import { inTransaction } from './transaction.ts';

const previewPorts = {
  settings() {
    const { previewSecret = '', publicSiteUrl, publicApiUrl } = loadEnv('api');
    return { secret: previewSecret, siteUrl: publicSiteUrl, apiUrl: publicApiUrl };
  },
  async missing(strapi: Core.Strapi, documentId: string): Promise<string[]> {
    const problems = await inTransaction(strapi, (trx) =>
      draftProductProblems(strapi, trx, documentId),
    );
    return problems.map(({ message }) => message);
  },
};

/**
 * The write side, as commands and commerce reach it:
 * `strapi.plugin('catalogue').service('catalogue')`.
 */
const catalogueService = ({ strapi }: { strapi: Core.Strapi }) => ({
  provideStock,
  stockPort,
  writeAvailability,
  rebuild: (write?: boolean) => rebuild(strapi, write),
  newEpoch: () => newEpoch(strapi),
  updateMainPictures: () => updateMainPictures(strapi),
  sweepPictures: (dryRun: boolean) => sweepPictures(strapi, dryRun),
});
export type CatalogueService = ReturnType<typeof catalogueService>;

export default {
  register({ strapi }: { strapi: Core.Strapi }): void {
    provideMigrations(strapi, catalogueMigrations);
    registerStaffSide(strapi);
    followDocuments(strapi);
    refuseForeignTypes(strapi);
  },
  async bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
    bootstrapStaffSide(strapi);
    followMedia(strapi);
    await ensureLocales(strapi);
    await bootstrapPictures(strapi);
  },
  destroy: destroyPictures,
  routes: {
    admin: adminRoutes,
    'content-api': { type: 'content-api', prefix: '', routes: [previewRoute] },
  },
  controllers: adminControllers(previewPorts),
  services: { catalogue: catalogueService, import: importService, staff: staffService },
};
