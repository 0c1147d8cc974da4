import { useAuth } from '@strapi/strapi/admin';

import { permissionOf, type StaffAction } from '../../domain/staff-permissions.ts';

/** What the signed-in member of staff may do. The routes check it again. */
export function useMay(): (action: StaffAction) => boolean {
  const permissions = useAuth('useMay', (state) => state.permissions);
  return (action) => permissions.some((one) => one.action === permissionOf(action).action);
}
