/**
 * Everything a role may be allowed to do in the shop's own admin pages, with its French name; the
 * routes check these, pages only hide.
 */
export const STAFF_ACTIONS = {
  'stock.read': 'Voir le stock',
  'stock.adjust': 'Modifier le stock et ses seuils',
  'orders.read': 'Voir les commandes',
  'orders.fulfil': 'Préparer et expédier les commandes',
  'orders.money': 'Annuler, rembourser, accepter un paiement à vérifier',
  'orders.replay': 'Rejouer les messages de Stripe et les e-mails en échec',
  'promotions.manage': 'Voir et modifier les codes promotionnels',
} as const;
export type StaffAction = keyof typeof STAFF_ACTIONS;

/** The action as Strapi stores it in a role. */
export const permissionOf = (action: StaffAction): { action: string; subject: null } => ({
  action: `plugin::commerce.${action}`,
  subject: null,
});
