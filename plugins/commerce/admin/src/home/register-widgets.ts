import { ChartCircle, PaperPlane, Stack, WarningCircle } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';

import { permissionOf } from '../../../domain/staff-permissions.ts';
import { ORDERS_PAGE } from '../orders/order-paths.ts';

const text = (id: string, defaultMessage: string) => ({
  id: `commerce.home.${id}`,
  defaultMessage,
});

/** Registers the home page's widgets, each for the roles that may see it. */
export function registerWidgets(app: Pick<StrapiApp, 'widgets'>): void {
  const orders = { pluginId: 'commerce', permissions: [permissionOf('orders.read')] };
  app.widgets.register([
    {
      ...orders,
      id: 'today',
      icon: ChartCircle,
      title: text('today', 'Aujourd’hui'),
      link: { label: text('all', 'Tout voir'), href: `${ORDERS_PAGE}?filter=all` },
      component: async () => (await import('./widgets.tsx')).TodayWidget,
    },
    {
      ...orders,
      id: 'to-prepare',
      icon: PaperPlane,
      title: text('prepare', 'À préparer'),
      link: { label: text('todo', 'Traiter'), href: ORDERS_PAGE },
      component: async () => (await import('./widgets.tsx')).ToPrepareWidget,
    },
    {
      ...orders,
      id: 'to-review',
      icon: WarningCircle,
      title: text('review', 'À vérifier'),
      link: { label: text('reviews', 'Vérifier'), href: `${ORDERS_PAGE}?filter=needs_review` },
      component: async () => (await import('./widgets.tsx')).ToReviewWidget,
    },
    {
      pluginId: 'commerce',
      permissions: [permissionOf('stock.read')],
      id: 'low-stock',
      icon: Stack,
      title: text('low', 'Stock bas'),
      link: { label: text('stock', 'Tout voir'), href: '/plugins/commerce/stock?filter=low' },
      component: async () => (await import('./widgets.tsx')).LowStockWidget,
    },
  ]);
}
