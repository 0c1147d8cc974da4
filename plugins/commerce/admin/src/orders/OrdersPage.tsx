import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';

import { permissionOf } from '../../../domain/staff-permissions.ts';
import { OrderListPage } from './OrderListPage.tsx';
import { OrderPage } from './OrderPage.tsx';
import { SlipPage } from './SlipPage.tsx';

/** The list of orders, an order, and its packing slip, for roles that may read orders. */
export default function OrdersPage() {
  return (
    <Page.Protect permissions={[permissionOf('orders.read')]}>
      <Routes>
        <Route index element={<OrderListPage />} />
        <Route path=":number" element={<OrderPage />} />
        <Route path=":number/slip" element={<SlipPage />} />
      </Routes>
    </Page.Protect>
  );
}
