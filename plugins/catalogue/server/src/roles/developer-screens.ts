import type { Core } from '@strapi/strapi';

import type { Permission } from './role-permissions.ts';

const MARKETPLACE = 'admin::marketplace.read';
/** Structure is code here: in production this screen could only be looked at. */
const STRUCTURE = 'plugin::content-type-builder.read';

interface RoleHooks {
  hooks: {
    willResetSuperAdminPermissions: {
      register(handler: (permissions: Permission[]) => Permission[]): void;
    };
  };
}

/**
 * Hides the marketplace, and in production the content-type builder, from the manager: the menu
 * entries go with the permission.
 */
export function hideDeveloperScreens(strapi: Core.Strapi): void {
  const hidden = strapi.config.get('autoReload', false) ? [MARKETPLACE] : [MARKETPLACE, STRUCTURE];
  const { hooks } = strapi.service('admin::role') as RoleHooks;
  hooks.willResetSuperAdminPermissions.register((permissions) =>
    permissions.filter(({ action }) => !hidden.includes(action)),
  );
}
