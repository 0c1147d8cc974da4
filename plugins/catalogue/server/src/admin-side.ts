import type { Core } from '@strapi/strapi';

import {
  ensureFirstAdmin,
  type FirstAdmin,
  resetAdminPassword,
  type ResetReport,
  resetReport,
} from './admin-access.ts';
import { glanceController } from './admin-glance.ts';
import { prepareViews } from './admin-views/prepare-views.ts';
import { registerCustomFields } from './custom-fields.ts';
import { translateRefusals } from './french-errors.ts';
import { previewController, type PreviewPorts } from './preview/preview-controller.ts';
import { hideDeveloperScreens } from './roles/developer-screens.ts';
import { prepareRoles } from './roles/prepare-roles.ts';

const READ_PRODUCTS = {
  name: 'admin::hasPermissions',
  config: {
    actions: [{ action: 'plugin::content-manager.explorer.read', subject: 'api::product.product' }],
  },
};

/** Routes of the admin's own pages: any staff that may read products. */
export const adminRoutes = {
  type: 'admin',
  routes: [
    {
      method: 'GET',
      path: '/glance',
      handler: 'glance.list',
      config: { policies: [READ_PRODUCTS] },
    },
    {
      method: 'POST',
      path: '/preview-link',
      handler: 'preview.link',
      config: { policies: [READ_PRODUCTS] },
    },
  ],
} as const;

/** `GET /api/apercu/:token`: the token is the authorisation. */
export const previewRoute = {
  method: 'GET',
  path: '/apercu/:token',
  handler: 'preview.show',
  config: { auth: false },
} as const;

/** Controllers of {@link adminRoutes} and {@link previewRoute}. */
export const adminControllers = (ports: PreviewPorts) => ({
  glance: glanceController,
  preview: previewController(ports),
});

/** New staff see the admin in French unless they chose otherwise. */
function preferFrench(strapi: Core.Strapi): void {
  strapi.db.lifecycles.subscribe({
    models: ['admin::user'],
    beforeCreate(event) {
      const { data } = event.params;
      data['preferedLanguage'] ??= 'fr';
    },
  });
}

/**
 * Price and VAT fields, French refusals, and no screens that only developers need. Call in the
 * plugin's `register()`.
 */
export function registerStaffSide(strapi: Core.Strapi): void {
  registerCustomFields(strapi);
  translateRefusals(strapi);
  hideDeveloperScreens(strapi);
}

/** Call in the plugin's `bootstrap()`. Roles and labels come later: see {@link staffService}. */
export const bootstrapStaffSide = (strapi: Core.Strapi): void => preferFrench(strapi);

/**
 * What the application and the commands ask about staff:
 * `strapi.plugin('catalogue').service('staff')`.
 */
export interface StaffService {
  /**
   * Ready-made roles, French labels and layouts: idempotent, staff's own changes stay. Call from
   * the application's bootstrap (`cms/src/index.ts`): Strapi's own roles do not exist before.
   */
  prepare(): Promise<void>;
  /** The first administrator; see {@link ensureFirstAdmin}. */
  ensureFirstAdmin(account: { email: string; password: string }): Promise<FirstAdmin>;
  /** New generated password for an administrator; what to print, and the exit code. */
  resetPassword(email?: string): Promise<ResetReport>;
}

export const staffService = ({ strapi }: { strapi: Core.Strapi }): StaffService => ({
  async prepare() {
    await prepareRoles(strapi);
    await prepareViews(strapi);
  },
  ensureFirstAdmin: (account) => ensureFirstAdmin(strapi, account),
  resetPassword: async (email) => resetReport(await resetAdminPassword(strapi, email)),
});
