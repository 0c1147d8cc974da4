import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { MANAGER, type RoleDefinition, ROLES, UNUSED_ROLES } from './definitions.ts';
import { fingerprint, type Permission, permissionsOf } from './role-permissions.ts';

const ROLE = 'admin::role';
interface Role {
  id: number;
  code: string;
  name: string;
  permissions?: Permission[];
}
interface RoleService {
  assignPermissions(roleId: number, permissions: Permission[]): Promise<unknown>;
  getUsersCount(roleId: number): Promise<number>;
  deleteByIds(ids: number[]): Promise<unknown>;
}

/**
 * Fingerprint of each role as it was last written here: a role that differs from it was changed by
 * staff and stays as they left it.
 */
const writtenSchema = z.record(z.string(), z.string());
type RoleFingerprints = z.infer<typeof writtenSchema>;
const fingerprintStore = (strapi: Core.Strapi) =>
  strapi.store({ type: 'plugin', name: 'catalogue' });

const findRole = (strapi: Core.Strapi, code: string): Promise<Role | null> =>
  strapi.db.query(ROLE).findOne({ where: { code }, populate: ['permissions'] });

/**
 * Creates or updates one role. Returns its new fingerprint, or null when staff have changed or
 * deleted it.
 */
async function prepareRole(
  strapi: Core.Strapi,
  role: RoleDefinition,
  last: string | undefined,
): Promise<string | null> {
  const existing = await findRole(strapi, role.code);
  if (!existing && last !== undefined) return null;
  if (existing && fingerprint(existing.permissions ?? []) !== last) return null;
  const { code, name, description } = role;
  const { id } =
    existing ?? (await strapi.db.query(ROLE).create({ data: { code, name, description } }));
  const service = strapi.service(ROLE) as RoleService;
  await service.assignPermissions(id, await permissionsOf(strapi, role.grants));
  const written = await findRole(strapi, code);
  return fingerprint(written?.permissions ?? []);
}

/**
 * Gives the super administrator its French name (unless staff renamed it) and removes Strapi's two
 * unused roles, once.
 */
async function frenchRoles(strapi: Core.Strapi, first: boolean): Promise<void> {
  const { code, strapiName, name, description } = MANAGER;
  await strapi.db
    .query(ROLE)
    .updateMany({ where: { code, name: strapiName }, data: { name, description } });
  const service = strapi.service(ROLE) as RoleService;
  for (const unused of first ? UNUSED_ROLES : []) {
    const role = await findRole(strapi, unused);
    if (role && (await service.getUsersCount(role.id)) === 0) await service.deleteByIds([role.id]);
  }
}

/**
 * Makes the ready-made roles, and brings those that staff left as they were up to date. Idempotent.
 * Needs Strapi's own roles: call it from the application's bootstrap, which runs after the admin's.
 */
export async function prepareRoles(strapi: Core.Strapi): Promise<void> {
  const store = fingerprintStore(strapi);
  const last: RoleFingerprints = writtenSchema.parse((await store.get({ key: 'roles' })) ?? {});
  await frenchRoles(strapi, Object.keys(last).length === 0);
  const written: RoleFingerprints = { ...last };
  for (const role of ROLES) {
    const current = await prepareRole(strapi, role, last[role.code]);
    if (current !== null) written[role.code] = current;
  }
  await store.set({ key: 'roles', value: written });
}
