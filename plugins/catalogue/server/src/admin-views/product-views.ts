import type { View } from './view-types.ts';

const product: View = {
  uid: 'api::product.product',
  mainField: 'name',
  sort: ['position', 'ASC'],
  list: ['name', 'reference', 'category'],
  rows: [
    [
      ['name', 8],
      ['reference', 4],
    ],
    [['tagline', 12]],
    [['description', 12]],
    [['variants', 12]],
    [['pictures', 12]],
    [
      ['category', 6],
      ['dimensions', 6],
    ],
    [['care', 12]],
    [
      ['slug', 8],
      ['position', 4],
    ],
    [['seo', 12]],
  ],
  relations: { category: 'nameFr' },
  fields: {
    name: ['Nom', 'Comme il s’affiche en boutique.', 'Bol à soupe'],
    reference: [
      'Référence',
      'Ne change plus après la création : factures, adresses et photos en dépendent. Minuscules, chiffres et tirets.',
      'ah-009',
    ],
    tagline: ['Accroche', 'Une phrase, sous le nom.'],
    description: ['Description', 'Texte de la fiche, en Markdown : **gras**, listes, liens.'],
    care: ['Entretien', 'Lavage, four, micro-ondes.'],
    dimensions: ['Dimensions', 'Telles qu’on les lit sur la fiche.', 'Ø 14 × 7 cm'],
    category: ['Catégorie', 'Rayon où le produit est rangé.'],
    pictures: [
      'Photos',
      'La première est la photo principale. Chaque photo demande un texte en français et en anglais.',
    ],
    variants: [
      'Déclinaisons',
      'Ce qui se vend : une ligne par coloris ou taille, une au moins. Le stock se règle dans « Stock ».',
    ],
    seo: ['Référencement', 'Facultatif : sans cela, le nom et l’accroche sont repris.'],
    slug: [
      'Adresse de la page',
      'Fin de l’adresse, en minuscules, sans espaces. Proposée d’après le nom.',
      'bol-a-soupe',
    ],
    position: ['Rang', 'Ordre dans la boutique, du plus petit au plus grand.'],
  },
};

const category: View = {
  uid: 'api::category.category',
  mainField: 'nameFr',
  sort: ['position', 'ASC'],
  list: ['nameFr', 'nameEn', 'position'],
  rows: [
    [
      ['nameFr', 6],
      ['nameEn', 6],
    ],
    [
      ['slugFr', 6],
      ['slugEn', 6],
    ],
    [
      ['descriptionFr', 6],
      ['descriptionEn', 6],
    ],
    [
      ['key', 6],
      ['position', 6],
    ],
  ],
  fields: {
    key: ['Code', 'Nom interne du rayon, sans espaces ; ne le changez plus ensuite.', 'bols'],
    position: ['Rang', 'Ordre des rayons, du plus petit au plus grand.'],
    nameFr: ['Nom en français'],
    nameEn: ['Nom en anglais'],
    slugFr: ['Adresse en français', 'Fin de l’adresse de la page.', 'bols'],
    slugEn: ['Adresse en anglais', 'Fin de l’adresse de la page anglaise.', 'bowls'],
    descriptionFr: ['Description en français'],
    descriptionEn: ['Description en anglais'],
    products: ['Produits'],
  },
};

const picture: View = {
  uid: 'catalogue.picture',
  mainField: 'altFr',
  rows: [
    [['media', 12]],
    [
      ['altFr', 6],
      ['altEn', 6],
    ],
  ],
  fields: {
    media: [
      'Photo',
      'JPEG, PNG, WebP ou AVIF ; 1 800 pixels de large au moins pour une belle page.',
    ],
    altFr: [
      'Texte alternatif en français',
      'Décrit la photo à qui ne la voit pas. Obligatoire pour publier.',
      'Bol bleu nuit vu de dessus',
    ],
    altEn: [
      'Texte alternatif en anglais',
      'Le même, en anglais. Obligatoire pour publier.',
      'Midnight blue bowl from above',
    ],
  },
};

const variant: View = {
  uid: 'catalogue.variant',
  mainField: 'sku',
  rows: [
    [
      ['sku', 4],
      ['labelFr', 4],
      ['labelEn', 4],
    ],
    [
      ['price', 4],
      ['vatRate', 4],
      ['weight', 4],
    ],
  ],
  fields: {
    sku: [
      'SKU',
      'Code unique de l’article en stock. Minuscules, chiffres et tirets.',
      'ah-009-bleu',
    ],
    labelFr: ['Nom en français', 'Coloris ou taille ; vide s’il n’y en a qu’une.', 'Bleu nuit'],
    labelEn: ['Nom en anglais', 'Le même, en anglais.', 'Midnight blue'],
    price: ['Prix TTC', 'En euros, TVA comprise.', '28,00'],
    vatRate: ['Taux de TVA'],
    weight: ['Poids', 'En grammes, sans l’emballage.', '450'],
  },
};

const seo: View = {
  uid: 'catalogue.seo',
  mainField: 'title',
  rows: [[['title', 12]], [['description', 12]]],
  fields: {
    title: ['Titre pour les moteurs', '60 caractères environ.'],
    description: ['Résumé pour les moteurs', '155 caractères environ.'],
  },
};

/** What the merchant edits to describe products. */
export const PRODUCT_VIEWS = {
  contentTypes: [product, category],
  components: [picture, variant, seo],
} as const;
