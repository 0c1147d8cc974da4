import type { StrapiApp } from '@strapi/strapi/admin';

import { registerFields } from './fields/register-inputs.ts';
import { PreviewPanel } from './products/PreviewPanel.tsx';
import { addProductColumns } from './products/product-columns.tsx';
import { sayWhatWasSeen } from './send-seen-versions.ts';

const LIST_COLUMNS = 'Admin/CM/pages/ListView/inject-column-in-table';

/** Admin side of the catalogue: price and VAT fields, product list at a glance, preview of drafts. */
export default {
  register(app: StrapiApp) {
    app.registerPlugin({ id: 'catalogue', name: 'catalogue' });
    registerFields(app);
    window.fetch = sayWhatWasSeen(window.fetch.bind(window));
  },
  bootstrap(app: Pick<StrapiApp, 'getPlugin' | 'registerHook'>) {
    app.registerHook(LIST_COLUMNS, addProductColumns);
    const { addEditViewSidePanel } = app.getPlugin('content-manager').apis;
    if (typeof addEditViewSidePanel === 'function') addEditViewSidePanel([PreviewPanel]);
  },
};
