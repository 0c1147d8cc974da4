/** French texts of the cart and of orders. */
export const frCheckout = {
  'cart.link': 'Panier',
  'cart.title': 'Votre panier',
  'cart.add': 'Ajouter au panier',
  'cart.empty': 'Il n’y a encore rien dedans.',
  'cart.lines': 'Pièces du panier',
  'cart.quantity': 'Quantité',
  'cart.update': 'Modifier',
  'cart.remove': 'Retirer',
  'cart.each': '{price} la pièce',
  'cart.goneName': 'Une pièce qui n’est plus en vente',
  'cart.gone': 'Cette pièce n’est plus vendue. Retirez-la pour commander le reste.',
  'cart.short': 'Il n’en reste que {available} : baissez la quantité pour commander.',
  'cart.shortNone':
    'Cette pièce n’est plus disponible pour l’instant. Retirez-la pour commander le reste.',
  'cart.quantityProblem': 'Un nombre de 0 à 99, en chiffres.',
  'cart.country': 'Pays de livraison',
  'cart.countryUpdate': 'Choisir',
  'cart.delivery': 'Mode de livraison',
  'cart.deliveryUnkept': 'Validez ce choix : le total en dépend.',
  'cart.deliveryUpdate': 'Choisir ce mode',
  'cart.code': 'Code promotionnel',
  'cart.codeUpdate': 'Appliquer',
  'cart.codeRemove': 'Retirer le code',
  'cart.code.applied': 'Le code {code} est appliqué.',
  'cart.code.unknown': 'Nous ne connaissons pas ce code. Vérifiez-le, ou retirez-le.',
  'cart.code.not-started': 'Ce code n’est pas encore valable.',
  'cart.code.ended': 'Ce code n’est plus valable.',
  'cart.code.minimum': 'Ce code demande un panier plus grand.',
  'cart.code.minimumOf': 'Ce code vaut à partir de {minimum} de pièces : il manque {missing}.',
  'cart.code.used-up': 'Ce code a déjà été utilisé autant de fois que prévu.',
  'cart.summary': 'Récapitulatif',
  'cart.subtotal': 'Sous-total',
  'cart.discount': 'Remise {code}',
  'cart.shipping': 'Livraison, {country}',
  'cart.free': 'offerte',
  'cart.missing': 'Encore {missing} pour la livraison offerte.',
  'cart.noShipping':
    'Nous ne livrons pas ce panier à cette adresse : {country}. Choisissez un autre pays, ou écrivez-nous.',
  'cart.vat': 'dont TVA {rate} %',
  'cart.total': 'Total',
  'cart.delay': 'Livraison estimée : {min} à {max} {days} après le paiement.',
  'cart.delayOne': 'Livraison estimée : {max} {days} après le paiement.',
  'cart.inDays': '{min} à {max} {days}',
  'cart.inDaysOne': '{max} {days}',
  'cart.day': 'jour ouvré',
  'cart.days': 'jours ouvrés',
  'cart.email': 'Adresse e-mail',
  'cart.emailHint': 'Pour la confirmation et le suivi. Rien d’autre.',
  'cart.emailProblem': 'Une adresse complète, comme nom@exemple.fr.',
  'cart.terms': 'J’accepte les',
  'cart.termsLink': 'conditions de vente',
  'cart.termsProblem': 'Cochez la case pour accepter les conditions de vente.',
  'cart.order': 'Commander avec obligation de paiement',
  'cart.orderNote':
    'L’adresse de livraison et la carte se saisissent à l’étape suivante, sur la page de paiement sécurisée.',
  'cart.closed': 'La caisse est fermée.',
  'cart.closedText':
    'Votre panier est gardé. Les prix et le stock seront vérifiés à la réouverture.',
  'cart.away': 'La caisse ne répond pas pour l’instant.',
  'cart.awayText':
    'Elle est peut-être en train d’ouvrir : réessayez dans un instant. Votre panier est gardé ; les prix et le stock seront vérifiés.',
  'cart.blocked': 'Réglez ce qui est signalé pour pouvoir commander.',
  'cart.tooManyPieces':
    'Une commande peut compter {most} pièces au plus, et ce panier en a {pieces}. Retirez-en, et commandez en deux fois.',
  'cart.belowMinimum':
    'Un paiement par carte demande au moins {minimum}. Ajoutez une pièce pour commander.',
  'cart.retry': 'Réessayer',
  'cart.held':
    'Une partie de ces pièces est retenue par votre commande {number}, restée impayée. Commander à nouveau la remplace.',
  'cart.more': 'Continuer à regarder',
  'cart.notice.changed':
    'Le prix, le stock, la livraison ou le panier a changé depuis l’affichage. Rien n’a été commandé : relisez le total, puis confirmez.',
  'cart.notice.delivery':
    'Le mode de livraison que vous aviez choisi ne va pas avec ce panier ou ce pays : un autre est proposé. Relisez le délai et le total.',
  'cart.notice.again':
    'Cette confirmation avait déjà servi. Rien de nouveau n’a été commandé : relisez, puis confirmez encore une fois.',
  'cart.notice.invalid':
    'La commande n’a pas pu être lue. Rien n’a été commandé : vérifiez, puis confirmez.',
  'cart.notice.tooMany':
    'Trop de commandes impayées, ou gratuites depuis hier, viennent de cette connexion ou de cet e-mail. Payez celle qui attend, ou revenez plus tard.',
  'cart.notice.closed':
    'Le paiement n’est pas disponible pour l’instant. Rien n’a été commandé ni débité, et votre panier est gardé.',
  'cart.notice.unknown':
    'La caisse n’a pas répondu à temps. Recommencez : vous ne commanderez pas deux fois.',
  'cart.resend':
    'Votre commande de {total}, pour {email}, est peut-être déjà enregistrée. Réessayer la retrouve, ou la passe à ce prix.',
  'cart.notice.full': 'Le panier est plein : commandez en deux fois, ou retirez une pièce.',
  'order.title': 'Commande {number}',
  'order.placed': 'Passée le {date}',
  'order.testNote': 'Commande d’essai : rien n’a été débité, rien ne sera envoyé.',
  'order.testText.pending':
    'Il reste à faire le paiement d’essai ; vos pièces sont gardées un moment.',
  'order.testText.paid': 'La confirmation part vers {email}.',
  'order.testText.preparing': 'La préparation est notée, pour l’essai : il n’y aura pas de colis.',
  'order.testText.shipped': 'L’expédition est notée, pour l’essai : aucun colis n’est parti.',
  'order.testText.expired':
    'Le paiement d’essai n’est pas venu à temps ; les pièces sont de nouveau en vente.',
  'order.testText.cancelled': 'Cette commande d’essai est annulée : il n’y a rien à rembourser.',
  'order.testText.needs_review':
    'Nous vérifions ce paiement d’essai à la main. Vous n’avez rien à faire.',
  'order.testText.refunded':
    'Le remboursement est noté, pour l’essai : rien n’arrivera sur votre compte.',
  'order.confirming': 'Nous vérifions votre paiement.',
  'order.confirmingText':
    'Par carte, c’est l’affaire de quelques secondes, et cette page se recharge seule. Par virement ou prélèvement, il faut quelques jours, et un e-mail vous le dira. Inutile de payer encore.',
  'order.confirmingLater':
    'La banque n’a pas encore confirmé ; un virement ou un prélèvement prend quelques jours. Vous pouvez fermer cette page : un e-mail vous dira la suite. Inutile de payer encore.',
  'order.preparing': 'Nous préparons la page de paiement.',
  'order.preparingText':
    'Le service de paiement tarde à répondre. Cette page se recharge seule ; vos pièces sont gardées.',
  'order.preparingLater':
    'Cela prend plus longtemps que prévu. Vous pouvez fermer cette page : un e-mail vous dira la suite.',
  'order.reload': 'Recharger',
  'order.pay': 'Payer',
  'order.status.pending': 'En attente de paiement',
  'order.text.pending':
    'Vos pièces sont gardées un moment. Il reste à payer, sauf si vous l’avez déjà fait : un virement ou un prélèvement se confirme en quelques jours, par e-mail.',
  'order.text.pendingClosed':
    'Si vous avez payé par virement ou prélèvement, la confirmation prend quelques jours et vient par e-mail. Sinon, cette commande va expirer sans que rien soit débité.',
  'order.status.paid': 'Merci, c’est payé.',
  'order.text.paid': 'La confirmation part vers {email}. Nous préparons vos pièces.',
  'order.status.preparing': 'En préparation',
  'order.text.preparing': 'Nous emballons vos pièces. Un e-mail partira avec le colis.',
  'order.status.shipped': 'Expédiée',
  'order.text.shipped': 'Vos pièces sont en route.',
  'order.status.expired': 'Expirée',
  'order.text.expired':
    'Le paiement n’est pas venu à temps ; rien n’a été débité et les pièces sont de nouveau en vente.',
  'order.status.cancelled': 'Annulée',
  'order.text.cancelled': 'Cette commande est annulée. Si vous l’aviez payée, vous êtes remboursé.',
  'order.status.needs_review': 'En vérification',
  'order.text.needs_review':
    'Nous vérifions votre paiement à la main et vous écrivons vite. Inutile de payer encore.',
  'order.status.refunded': 'Remboursée',
  'order.text.refunded': 'Le remboursement apparaît sur votre compte sous quelques jours.',
  'order.track': 'Suivre le colis',
  'order.address': 'Adresse de livraison',
  'order.lines': 'Pièces commandées',
  'order.shipping': 'Livraison',
  'order.refunded': 'Remboursé',
  'order.paidOn': 'Payé le {date}',
  'order.seller': 'Vendeur',
  'order.siret': 'SIRET {siret}',
  'order.vatNumber': 'TVA {number}',
  'order.receipt': 'Cette page s’imprime comme un reçu.',
  'order.print': 'Imprimer',
  'order.backToCart': 'Retrouver mon panier',
  'order.away': 'La caisse ne répond pas.',
  'order.awayText': 'Votre commande est enregistrée de notre côté.',
  'order.awayPaid':
    'Votre paiement a peut-être déjà été pris : ne payez pas une seconde fois. Votre commande est enregistrée de notre côté.',
  'order.awayAgain': 'Cette page se recharge seule.',
  'order.awayLater':
    'Vous pouvez fermer cette page : un e-mail vous dira la suite. Ou rechargez plus tard.',
  'order.missing': 'Ce lien n’ouvre aucune commande.',
  'order.missingText':
    'Il est incomplet ou n’est plus valable. Indiquez l’adresse e-mail de la commande : si elle correspond, le lien repart aussitôt.',
  'link.title': 'Suivre ma commande',
  'link.text':
    'Chaque commande a sa page, derrière un lien que nous vous avons envoyé. Perdu ? Le voici de nouveau, par e-mail.',
  'link.number': 'Numéro de commande (facultatif)',
  'link.numberHint':
    'Par exemple AH-7K3M9QXT. Sans lui, vous recevez les liens de toutes vos commandes.',
  'link.send': 'M’envoyer le lien',
  'link.sent': 'Regardez vos e-mails.',
  'link.sentText':
    'Si une commande correspond, son lien est en route. Pensez aux courriers indésirables.',
  'link.again': 'Rien reçu ? Vérifier l’adresse',
  'link.tooMany':
    'Vous avez demandé plusieurs liens coup sur coup. Attendez une minute ou deux, puis réessayez ; le premier est peut-être déjà arrivé.',
  'link.failed': 'L’envoi n’est pas possible pour l’instant. Réessayez dans une minute.',
} as const;
