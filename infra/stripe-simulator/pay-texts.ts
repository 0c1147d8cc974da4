const fr = {
  title: 'Paiement', notice: 'Simulation de paiement — aucune carte n’est débitée', noticeMore: 'Cette page remplace celle de Stripe tant que la boutique est en démonstration.',
  order: 'Votre commande', reference: 'Commande', delivery: 'Livraison', free: 'Offerte', total: 'Total', contact: 'Contact', address: 'Adresse de livraison',
  email: 'E-mail', phone: 'Téléphone', name: 'Nom complet', line1: 'Adresse', line2: 'Complément (facultatif)', postalCode: 'Code postal', city: 'Ville', country: 'Pays',
  pay: 'Payer', others: 'Essayer autre chose', othersMore: 'Ce qui peut arriver à un vrai paiement, et ce que la boutique en fait.',
  decline: 'Refuser la carte', declineMore: 'La banque dit non ; on peut réessayer.', secure: '3-D Secure', secureMore: 'La banque demande une confirmation.',
  later: 'Paiement différé', laterMore: 'L’argent arrive plus tard, ou jamais.', laterExcluded: 'La boutique exclut ces moyens ; voici ce qui arriverait sans cela.', close: 'Fermer l’onglet après paiement', closeMore: 'Payé, mais sans retour à la boutique.',
  twice: 'Payer deux fois', twiceMore: 'Deux sessions de la même commande, toutes deux payées.', cancel: 'Annuler et revenir à la boutique',
  declined: 'Votre carte a été refusée. Rien n’a été débité : vous pouvez réessayer.', failed3ds: 'La banque n’a pas pu confirmer que c’était vous. Rien n’a été débité.',
  secureTitle: 'Votre banque demande une confirmation', secureText: 'Un vrai paiement vous enverrait ici un code ou une notification.', confirm: 'Valider', reject: 'Échouer',
  paidTitle: 'C’est payé', paidClose: 'Vous pouvez fermer cet onglet : la boutique l’apprend par son propre canal.', back: 'Retour à la boutique',
  expiredTitle: 'Cette page de paiement a expiré', expiredText: 'Rien n’a été débité. Retournez à la boutique pour recommencer.',
  pendingTitle: 'Le paiement est en attente', pendingText: 'La boutique sait qu’un paiement différé est en route. Que devient-il ?', pendingTimer: 'Sans choix, il arrive dans quelques instants.', arrive: 'L’argent arrive', bounce: 'Le paiement échoue',
  completeTitle: 'Cette page a déjà servi', completeText: 'Une session ne se paie qu’une fois.', unknownTitle: 'Page de paiement inconnue', unknownText: 'Cette adresse ne correspond à aucune session. Elle a pu être copiée à moitié.',
  check: 'Un champ est à revoir. Rien n’a été débité.', required: 'Ce champ est nécessaire', badEmail: 'Cette adresse e-mail n’est pas valable', badCountry: 'La boutique ne livre pas ce pays pour cette commande',
} as const;

export type PayTexts = { readonly [K in keyof typeof fr]: string };

const en: PayTexts = {
  title: 'Payment', notice: 'Payment simulation — no card is charged', noticeMore: 'This page stands in for Stripe’s while the shop is a demonstration.',
  order: 'Your order', reference: 'Order', delivery: 'Delivery', free: 'Free', total: 'Total', contact: 'Contact', address: 'Delivery address',
  email: 'Email', phone: 'Phone', name: 'Full name', line1: 'Address', line2: 'Address line 2 (optional)', postalCode: 'Postcode', city: 'City', country: 'Country',
  pay: 'Pay', others: 'Try something else', othersMore: 'What can happen to a real payment, and what the shop makes of it.',
  decline: 'Decline the card', declineMore: 'The bank says no; you can try again.', secure: '3-D Secure', secureMore: 'The bank asks for a confirmation.',
  later: 'Delayed payment', laterMore: 'The money comes later, or never.', laterExcluded: 'The shop excludes such methods; this is what would happen without that.', close: 'Close the tab after paying', closeMore: 'Paid, but never back at the shop.',
  twice: 'Pay twice', twiceMore: 'Two sessions of the same order, both paid.', cancel: 'Cancel and go back to the shop',
  declined: 'Your card was declined. Nothing was charged: you can try again.', failed3ds: 'The bank could not confirm that it was you. Nothing was charged.',
  secureTitle: 'Your bank asks for a confirmation', secureText: 'A real payment would send you a code or a notification here.', confirm: 'Confirm', reject: 'Fail',
  paidTitle: 'Paid', paidClose: 'You can close this tab: the shop learns of it by its own channel.', back: 'Back to the shop',
  expiredTitle: 'This payment page has expired', expiredText: 'Nothing was charged. Go back to the shop to start again.',
  pendingTitle: 'The payment is pending', pendingText: 'The shop knows that a delayed payment is on its way. What becomes of it?', pendingTimer: 'If you do not choose, it arrives in a moment.', arrive: 'The money arrives', bounce: 'The payment fails',
  completeTitle: 'This page has been used', completeText: 'A session is paid only once.', unknownTitle: 'Unknown payment page', unknownText: 'No session has this address. It may have been copied in part.',
  check: 'A field needs another look. Nothing was charged.', required: 'This field is needed', badEmail: 'This email address is not valid', badCountry: 'The shop does not deliver this order to that country',
};

/** The page's language: the session's, else the browser's first, else French. */
export const languageOf = (locale: string, acceptLanguage = ''): 'fr' | 'en' => {
  const asked = locale === 'auto' ? acceptLanguage.trim().slice(0, 2).toLowerCase() : locale;
  return asked === 'en' ? 'en' : 'fr';
};
export const textsOf = (language: 'fr' | 'en'): PayTexts => (language === 'fr' ? fr : en);
