import { useAuth } from '@strapi/strapi/admin';

import { permissionOf, type StaffAction } from '../../domain/staff-permissions.ts';

/** Tells what the person in front of the screen may do; the routes check it again. */
export function useMay(): (action: StaffAction) => boolean {
  const permissions = useAuth('useMay', (state) => state.permissions);
  return (action) => permissions.some((one) => one.action === permissionOf(action).action);
}
