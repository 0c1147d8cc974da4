import type { Core } from '@strapi/strapi';
import { glanceController } from './admin-glance.ts';
import { prepareViews } from './admin-views/apply.ts';
import { previewController, type PreviewPorts } from './preview/controller.ts';
import { prepareRoles } from './roles/prepare.ts';

export { ensureFirstAdmin, resetAdminPassword, resetReport } from './admin-access.ts';
export { registerFields } from './fields.ts';

const READ_PRODUCTS = { name: 'admin::hasPermissions', config: { actions: [{ action: 'plugin::content-manager.explorer.read', subject: 'api::product.product' }] } };

/** Routes of the admin's own pages: any staff that may read products. */
export const adminRoutes = {
  type: 'admin',
  routes: [
    { method: 'GET', path: '/glance', handler: 'glance.list', config: { policies: [READ_PRODUCTS] } },
    { method: 'POST', path: '/preview-link', handler: 'preview.link', config: { policies: [READ_PRODUCTS] } },
  ],
} as const;

/** `GET /api/apercu/:token`: the token is the authorisation. */
export const previewRoute = { method: 'GET', path: '/apercu/:token', handler: 'preview.show', config: { auth: false } } as const;

/** Controllers of {@link adminRoutes} and {@link previewRoute}. */
export const adminControllers = (ports: PreviewPorts) => ({ glance: glanceController, preview: previewController(ports) });

/** New staff see the admin in French unless they chose otherwise. Call in `register()` or later, once `strapi.db` exists. */
export function frenchStaff(strapi: Core.Strapi): void {
  strapi.db.lifecycles.subscribe({
    models: ['admin::user'],
    beforeCreate(event) {
      const { data } = event.params;
      data['preferedLanguage'] ??= 'fr';
    },
  });
}

/**
 * Roles, French labels and layouts: idempotent, staff's own changes stay.
 * Call from the application's bootstrap (`cms/src/index.ts`), after the admin's own.
 */
export async function prepareStaffSide(strapi: Core.Strapi): Promise<void> {
  await prepareRoles(strapi);
  await prepareViews(strapi);
}
