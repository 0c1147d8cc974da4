import type { StrapiApp } from '@strapi/strapi/admin';

import { registerInputs } from './fields/register-inputs.ts';
import { PreviewPanel } from './products/PreviewPanel.tsx';
import { addProductColumns } from './products/product-columns.tsx';
import { sendSeenVersions } from './send-seen-versions.ts';

const LIST_COLUMNS = 'Admin/CM/pages/ListView/inject-column-in-table';

/**
 * Admin side of the catalogue: price and VAT fields, product list at a glance, preview of drafts.
 */
export default {
  register(app: StrapiApp) {
    app.registerPlugin({ id: 'catalogue', name: 'catalogue' });
    registerInputs(app);
    window.fetch = sendSeenVersions(window.fetch.bind(window));
  },
  bootstrap(app: Pick<StrapiApp, 'getPlugin' | 'registerHook'>) {
    app.registerHook(LIST_COLUMNS, addProductColumns);
    const { addEditViewSidePanel } = app.getPlugin('content-manager').apis;
    if (typeof addEditViewSidePanel === 'function') addEditViewSidePanel([PreviewPanel]);
  },
};
