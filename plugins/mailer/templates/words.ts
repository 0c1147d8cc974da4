import type { MailLocale } from '@comptoir/contracts/mails';

const fr = {
  order: 'Commande {number}',
  subtotal: 'Sous-total',
  discount: 'Remise',
  delivery: 'Livraison',
  deliveryBy: 'Livraison : {delivery}',
  free: 'offerte',
  total: 'Total',
  vat: 'dont TVA {rate}',
  quantity: 'Quantité : {n}',
  ref: 'Commande {number}',
  testMode:
    'Ceci est une commande d’essai : rien n’a été débité, rien ne sera envoyé. La suite est ce que lirait un vrai client.',
  shipTo: 'Adresse de livraison',
  days: 'Livraison estimée : {min} à {max} {days} après le paiement.',
  sameDays: 'Livraison estimée : {min} {days} après le paiement.',
  workingDay: 'jour ouvré',
  workingDays: 'jours ouvrés',
  follow: 'Suivre ma commande',
  see: 'Voir ma commande',
  keep: 'Gardez ce lien pour vous : il donne accès à votre commande.',
  confirmedSubject: 'Votre commande {number} est confirmée',
  confirmedTitle: 'Merci pour votre commande',
  confirmedText:
    'Nous avons bien reçu votre paiement de {total}. Nous préparons vos pièces et vous écrivons dès leur départ.',
  confirmedFree:
    'Nous avons bien reçu votre commande ; il n’y a rien à payer. Nous préparons vos pièces et vous écrivons dès leur départ.',
  enclosed:
    'Les conditions de votre commande, telles que publiées aujourd’hui, sont à la fin de ce message : gardez-le. Elles se lisent aussi sur le site :\n{url}',
  shippedSubject: 'Votre commande {number} est partie',
  shippedTitle: 'Votre commande est en route',
  shippedText: 'Vos pièces viennent de quitter l’atelier.',
  carrier: 'Transporteur',
  tracking: 'Numéro de suivi : {number}',
  track: 'Suivre le colis',
  correctedSubject: 'Nouveau suivi de votre commande {number}',
  correctedTitle: 'Le suivi de votre colis a changé',
  correctedText: 'Voici le bon numéro pour suivre votre colis ; le précédent ne vaut plus.',
  refundedSubject: 'Remboursement de votre commande {number}',
  refundedTitle: 'Votre remboursement est parti',
  refundedFull: 'Nous vous avons remboursé {amount}, la totalité de votre commande.',
  refundedPart: 'Nous vous avons remboursé {amount} sur votre commande.',
  refundedWhen: 'Selon votre banque, la somme apparaît sur votre compte sous cinq à dix jours.',
  reason: 'Motif : {reason}',
  failedSubject: 'Le paiement de votre commande {number} n’a pas abouti',
  failedTitle: 'Le paiement n’a pas abouti',
  failedText:
    'Votre banque n’a pas accepté le paiement de {total}. Rien n’a été débité, et vous pouvez réessayer.',
  bouncedText:
    'Votre banque n’a pas accepté le paiement de {total} : la commande est annulée, rien n’a été débité et les pièces sont de nouveau en vente.',
  retry: 'Réessayer le paiement',
  expiredSubject: 'Votre commande {number} a expiré',
  expiredTitle: 'Votre commande a expiré',
  expiredText:
    'Le paiement de {total} n’a pas été terminé à temps : la commande est annulée, rien n’a été débité et les pièces sont de nouveau en vente.',
  back: 'Revenir au panier',
  linkSubject: 'Le lien vers votre commande',
  linksSubject: 'Les liens vers vos commandes',
  linkTitle: 'Retrouvez votre commande',
  linkText:
    'Vous avez demandé à revoir vos achats. Si ce n’était pas vous, il n’y a rien à faire : ce message n’est arrivé qu’à vous.',
  seeNumber: 'Voir la commande {number} ({total})',
};

const en: typeof fr = {
  order: 'Order {number}',
  subtotal: 'Subtotal',
  discount: 'Discount',
  delivery: 'Delivery',
  deliveryBy: 'Delivery: {delivery}',
  free: 'free',
  total: 'Total',
  vat: 'including VAT {rate}',
  quantity: 'Quantity: {n}',
  ref: 'Order {number}',
  testMode:
    'This is a test order: nothing was charged, nothing will be sent. What follows is what a real customer would read.',
  shipTo: 'Delivery address',
  days: 'Estimated delivery: {min} to {max} {days} after payment.',
  sameDays: 'Estimated delivery: {min} {days} after payment.',
  workingDay: 'working day',
  workingDays: 'working days',
  follow: 'Follow my order',
  see: 'See my order',
  keep: 'Keep this link to yourself: it opens your order.',
  confirmedSubject: 'Your order {number} is confirmed',
  confirmedTitle: 'Thank you for your order',
  confirmedText:
    'We have received your payment of {total}. We are preparing your pieces and will write to you when they leave.',
  confirmedFree:
    'We have received your order; there is nothing to pay. We are preparing your pieces and will write to you when they leave.',
  enclosed:
    'The terms of your order, as published today, are at the end of this message: keep it. They are on the site too:\n{url}',
  shippedSubject: 'Your order {number} has been dispatched',
  shippedTitle: 'Your order is on its way',
  shippedText: 'Your pieces have just left the studio.',
  carrier: 'Carrier',
  tracking: 'Tracking number: {number}',
  track: 'Track the parcel',
  correctedSubject: 'New tracking of your order {number}',
  correctedTitle: 'Your parcel’s tracking has changed',
  correctedText: 'Here is the right number to follow your parcel; the former one no longer counts.',
  refundedSubject: 'Refund of your order {number}',
  refundedTitle: 'Your refund is on its way',
  refundedFull: 'We have refunded {amount}, the whole of your order.',
  refundedPart: 'We have refunded {amount} of your order.',
  refundedWhen: 'Depending on your bank, the amount reaches your account within five to ten days.',
  reason: 'Reason: {reason}',
  failedSubject: 'The payment of your order {number} did not go through',
  failedTitle: 'The payment did not go through',
  failedText:
    'Your bank did not accept the payment of {total}. Nothing was charged, and you can try again.',
  bouncedText:
    'Your bank did not accept the payment of {total}: the order is cancelled, nothing was charged and the pieces are on sale again.',
  retry: 'Try the payment again',
  expiredSubject: 'Your order {number} has expired',
  expiredTitle: 'Your order has expired',
  expiredText:
    'The payment of {total} was not completed in time: the order is cancelled, nothing was charged and the pieces are on sale again.',
  back: 'Back to the cart',
  linkSubject: 'The link to your order',
  linksSubject: 'The links to your orders',
  linkTitle: 'Find your order again',
  linkText:
    'You asked to see your purchases again. If it was not you, there is nothing to do: this message reached you alone.',
  seeNumber: 'See order {number} ({total})',
};

const WORDS: Record<MailLocale, typeof fr> = { fr, en };
export type Say = (
  key: keyof typeof fr,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** The texts of one language; `{name}` is replaced by the value of that name. */
export const say =
  (locale: MailLocale): Say =>
  (key, values = {}) =>
    WORDS[locale][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
