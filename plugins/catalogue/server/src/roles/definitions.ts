/** Content types whose permissions name fields and languages. */
const EDITED = ['api::product.product', 'api::category.category', 'api::page.page'] as const;
/** Stock and its history as the Content Manager lists them: read only for every role. */
const LEDGERS = ['plugin::commerce.stock-level', 'plugin::commerce.stock-movement'] as const;
const EXPLORER = 'plugin::content-manager.explorer';

/** What a role may do: `subjects` only for actions on content types. */
export interface Grant {
  action: string;
  subjects?: readonly string[];
}
export interface RoleDefinition {
  code: string;
  name: string;
  description: string;
  grants: readonly Grant[];
}

/**
 * Strapi's own super administrator keeps its code and gets a French name: it can do everything, new
 * permissions included.
 */
export const MANAGER = {
  code: 'strapi-super-admin',
  strapiName: 'Super Admin',
  name: 'Gérant',
  description:
    'Tout : produits, commandes, remboursements, stock, pages, réglages de la boutique, équipe.',
} as const;

/**
 * Strapi's other two roles, in English and made for a magazine: removed once, when no account has
 * them.
 */
export const UNUSED_ROLES = ['strapi-editor', 'strapi-author'] as const;

/** Roles ready made for a small team, besides the manager. */
export const ROLES: readonly RoleDefinition[] = [
  {
    code: 'comptoir-catalogue',
    name: 'Catalogue',
    description:
      'Produits, catégories, pages et photos, jusqu’à la publication. Voit le stock sans le changer ; ni réglages, ni équipe.',
    grants: [
      ...['create', 'read', 'update', 'delete'].map((verb) => ({
        action: `${EXPLORER}.${verb}`,
        subjects: EDITED,
      })),
      { action: `${EXPLORER}.publish`, subjects: ['api::product.product', 'api::page.page'] },
      ...['read', 'assets.create', 'assets.update', 'assets.download', 'assets.copy-link'].map(
        (verb) => ({ action: `plugin::upload.${verb}` }),
      ),
      { action: 'plugin::commerce.stock.read' },
    ],
  },
  {
    code: 'comptoir-preparation',
    name: 'Préparation',
    description:
      'Commandes : préparer, expédier. Stock : inventaires, arrivages, casse, historique. Consulte les produits sans les modifier ; ni remboursements, ni réglages.',
    grants: [
      {
        action: `${EXPLORER}.read`,
        subjects: ['api::product.product', 'api::category.category', ...LEDGERS],
      },
      { action: 'plugin::upload.read' },
      { action: 'plugin::commerce.stock.read' },
      { action: 'plugin::commerce.stock.adjust' },
      { action: 'plugin::commerce.orders.read' },
      { action: 'plugin::commerce.orders.fulfil' },
    ],
  },
];
