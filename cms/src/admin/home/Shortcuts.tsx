import { Box, Flex, Typography } from '@strapi/design-system';
import { ChevronRight } from '@strapi/icons';
import { useAuth, useIsMobile } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';

/** `more`: what only some of the roles that may open it can do there. */
interface Shortcut {
  to: string;
  title: string;
  text: string;
  more?: { text: string; action: string };
  action: string;
  subject: string | null;
}

const READ = 'plugin::content-manager.explorer.read';
const SHORTCUTS: readonly Shortcut[] = [
  {
    to: '/content-manager/collection-types/api::product.product',
    title: 'Produits',
    text: 'Prix, photos, textes, publication',
    action: READ,
    subject: 'api::product.product',
  },
  {
    to: '/plugins/commerce/orders',
    title: 'Commandes',
    text: 'Préparer, expédier',
    more: { text: 'Préparer, expédier, rembourser', action: 'plugin::commerce.orders.money' },
    action: 'plugin::commerce.orders.read',
    subject: null,
  },
  {
    to: '/plugins/commerce/stock',
    title: 'Stock',
    text: 'Quantités, seuils, historique',
    more: { text: 'Arrivages, inventaire, casse', action: 'plugin::commerce.stock.adjust' },
    action: 'plugin::commerce.stock.read',
    subject: null,
  },
  {
    to: '/plugins/commerce/promotions',
    title: 'Codes promotionnels',
    text: 'Remises et livraison offerte',
    action: 'plugin::commerce.promotions.manage',
    subject: null,
  },
  {
    to: '/content-manager/collection-types/api::page.page',
    title: 'Pages',
    text: 'À propos, livraison, mentions légales',
    action: READ,
    subject: 'api::page.page',
  },
  {
    to: '/content-manager/single-types/api::shop-settings.shop-settings',
    title: 'Réglages de la boutique',
    text: 'Frais de port, bandeau, ouverture',
    action: READ,
    subject: 'api::shop-settings.shop-settings',
  },
];

/** Home page card: links to the pages of a working day that the role may open. */
export function Shortcuts() {
  const permissions = useAuth('Shortcuts', (state) => state.permissions);
  // On a phone the names alone: six of them are long enough.
  const phone = useIsMobile();
  const may = (action: string, subject: string | null = null): boolean =>
    permissions.some((one) => one.action === action && (one.subject ?? null) === subject);
  const allowed = SHORTCUTS.filter(({ action, subject }) => may(action, subject));
  return (
    <Box
      tag="ul"
      style={{
        listStyle: 'none',
        display: 'grid',
        gridTemplateColumns: phone ? '1fr' : 'repeat(auto-fill, minmax(20rem, 1fr))',
        columnGap: '3.2rem',
      }}
    >
      {allowed.map(({ to, title, text, more }) => (
        <li key={to}>
          <Flex
            tag={Link}
            to={to}
            height="100%"
            justifyContent="space-between"
            gap={4}
            paddingTop={phone ? 2 : 3}
            paddingBottom={phone ? 2 : 3}
            style={{ textDecoration: 'none', color: 'inherit' }}
          >
            <Flex direction="column" alignItems="flex-start">
              <Typography fontWeight="bold" textColor="neutral800">
                {title}
              </Typography>
              {phone ? null : (
                <Typography variant="pi" textColor="neutral600">
                  {more && may(more.action) ? more.text : text}
                </Typography>
              )}
            </Flex>
            <ChevronRight aria-hidden="true" />
          </Flex>
        </li>
      ))}
    </Box>
  );
}
