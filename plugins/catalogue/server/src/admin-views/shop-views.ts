import type { View } from './view-types.ts';

const page: View = {
  uid: 'api::page.page',
  mainField: 'title',
  sort: ['position', 'ASC'],
  list: ['title', 'slug', 'updatedAt'],
  rows: [
    [
      ['title', 8],
      ['position', 4],
    ],
    [['body', 12]],
    [
      ['slug', 8],
      ['key', 4],
    ],
    [['seo', 12]],
  ],
  fields: {
    title: ['Titre'],
    body: ['Texte', 'En Markdown : ## sous-titre, **gras**, listes, liens.'],
    slug: ['Adresse de la page', 'Fin de l’adresse, en minuscules, sans espaces.', 'a-propos'],
    key: ['Code', 'Nom interne : la boutique s’en sert pour ses liens. Ne change pas.'],
    position: ['Rang', 'Ordre dans le pied de page.'],
    seo: ['Référencement', 'Facultatif.'],
  },
};

const settings: View = {
  uid: 'api::shop-settings.shop-settings',
  mainField: 'name',
  rows: [
    [
      ['name', 6],
      ['open', 6],
    ],
    [
      ['noticeFr', 6],
      ['noticeEn', 6],
    ],
    [
      ['legalName', 6],
      ['email', 6],
    ],
    [
      ['phone', 6],
      ['street', 6],
    ],
    [
      ['postalCode', 4],
      ['city', 4],
      ['country', 4],
    ],
    [
      ['siret', 6],
      ['vatNumber', 6],
    ],
    [['shipping', 12]],
    [
      ['deliveryTimeFr', 6],
      ['deliveryTimeEn', 6],
    ],
    [
      ['homeTitleFr', 6],
      ['homeTitleEn', 6],
    ],
    [
      ['homeTextFr', 6],
      ['homeTextEn', 6],
    ],
    [['homePicture', 12]],
    [
      ['homePictureAltFr', 6],
      ['homePictureAltEn', 6],
    ],
    [
      ['storyTitleFr', 6],
      ['storyTitleEn', 6],
    ],
    [
      ['storyTextFr', 6],
      ['storyTextEn', 6],
    ],
  ],
  fields: {
    name: ['Nom de la boutique'],
    open: ['Boutique ouverte', 'Fermée : le catalogue reste visible, on ne peut plus commander.'],
    noticeFr: [
      'Bandeau en français',
      'Annonce en haut de chaque page ; vide = aucune.',
      'Atelier fermé du 1er au 15 août',
    ],
    noticeEn: ['Bandeau en anglais', 'Le même, en anglais.'],
    legalName: ['Raison sociale'],
    street: ['Rue'],
    postalCode: ['Code postal'],
    city: ['Ville'],
    country: ['Pays', 'En toutes lettres, comme sur une enveloppe.', 'France'],
    siret: ['SIRET', '14 chiffres.'],
    vatNumber: ['N° de TVA intracommunautaire'],
    email: ['E-mail de contact'],
    phone: ['Téléphone'],
    shipping: [
      'Frais de livraison',
      'Une ligne par pays livré et par mode de livraison ; le premier mode est proposé d’abord.',
    ],
    deliveryTimeFr: ['Délai de livraison en français', 'Affiché sur les fiches.'],
    deliveryTimeEn: ['Délai de livraison en anglais'],
    homeTitleFr: ['Accueil : titre en français'],
    homeTitleEn: ['Accueil : titre en anglais'],
    homeTextFr: ['Accueil : texte en français'],
    homeTextEn: ['Accueil : texte en anglais'],
    homePicture: ['Accueil : grande photo'],
    homePictureAltFr: ['Texte alternatif en français', 'Décrit la photo à qui ne la voit pas.'],
    homePictureAltEn: ['Texte alternatif en anglais'],
    storyTitleFr: ['Histoire : titre en français'],
    storyTitleEn: ['Histoire : titre en anglais'],
    storyTextFr: ['Histoire : texte en français'],
    storyTextEn: ['Histoire : texte en anglais'],
  },
};

const shippingRate: View = {
  uid: 'shop.shipping-rate',
  mainField: 'country',
  rows: [
    [
      ['country', 4],
      ['nameFr', 4],
      ['nameEn', 4],
    ],
    [
      ['price', 4],
      ['freeFrom', 4],
      ['maxWeight', 4],
    ],
    [
      ['minDays', 4],
      ['maxDays', 4],
    ],
  ],
  fields: {
    country: ['Pays', 'Code à deux lettres.', 'FR'],
    nameFr: [
      'Mode en français',
      'Ce que l’acheteur choisit ; vide s’il n’y en a qu’un.',
      'Colissimo, à domicile',
    ],
    nameEn: ['Mode en anglais', '', 'Colissimo, to your door'],
    price: ['Frais', 'En euros, TVA comprise.', '6,90'],
    freeFrom: ['Offerts à partir de', 'Montant du panier en euros ; vide = jamais.', '90,00'],
    maxWeight: ['Poids maximal', 'En grammes ; vide = tous les colis.'],
    minDays: ['Délai minimal', 'En jours ouvrés.'],
    maxDays: ['Délai maximal', 'En jours ouvrés.'],
  },
};

/** What the merchant edits about the shop itself. */
export const SHOP_VIEWS = { contentTypes: [page, settings], components: [shippingRate] } as const;
