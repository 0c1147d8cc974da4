import { createHash } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { LOCALES } from '@comptoir/contracts';

import type { Grant } from './definitions.ts';

/** A permission as Strapi's role service takes and gives it. */
export interface Permission {
  action: string;
  subject: string | null;
  properties: { fields?: string[]; locales?: string[] };
  conditions: string[];
}
interface Action {
  actionId: string;
  subjects?: string[];
}
interface AdminServices {
  actionProvider: {
    get(id: string): Action | undefined;
    appliesToProperty(property: string, action: string, subject: string): Promise<boolean>;
  };
}
interface ContentTypeService {
  getPermissionsWithNestedFields(actions: Action[]): Permission[];
}

/** Permissions of one grant on one content type: every field, both languages. */
async function onContentType(
  strapi: Core.Strapi,
  action: Action,
  subject: string,
): Promise<Permission> {
  const contentType = strapi.service('admin::content-type') as ContentTypeService;
  const { actionProvider } = strapi.service('admin::permission') as AdminServices;
  const [made] = contentType.getPermissionsWithNestedFields([{ ...action, subjects: [subject] }]);
  const fields = made?.properties.fields;
  const localised = await actionProvider.appliesToProperty('locales', action.actionId, subject);
  return {
    action: action.actionId,
    subject,
    conditions: [],
    properties: { ...(fields ? { fields } : {}), ...(localised ? { locales: [...LOCALES] } : {}) },
  };
}

/**
 * Turns grants into permissions.
 * @throws Error when an action is not registered: the shop must not start with a role that silently
 * lacks a permission.
 */
export async function permissionsOf(
  strapi: Core.Strapi,
  grants: readonly Grant[],
): Promise<Permission[]> {
  const { actionProvider } = strapi.service('admin::permission') as AdminServices;
  const permissions: Permission[] = [];
  for (const { action: id, subjects } of grants) {
    const action = actionProvider.get(id);
    if (!action) throw new Error(`Role permission "${id}" is not registered`);
    if (!subjects) permissions.push({ action: id, subject: null, properties: {}, conditions: [] });
    for (const subject of subjects ?? [])
      permissions.push(await onContentType(strapi, action, subject));
  }
  return permissions;
}

const sorted = (list: readonly string[] | undefined): string[] => [...(list ?? [])].sort();

/** One line that is equal for equal sets of permissions, whatever their order. */
export function fingerprint(permissions: readonly Permission[]): string {
  const lines = permissions.map(({ action, subject, properties, conditions }) =>
    JSON.stringify([
      action,
      subject,
      sorted(properties.fields),
      sorted(properties.locales),
      sorted(conditions),
    ]),
  );
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}
