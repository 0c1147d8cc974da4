import type { StrapiApp } from '@strapi/strapi/admin';

/**
 * Registers the price and VAT rate fields with the admin; their server halves are in
 * `server/src/custom-fields.ts`.
 */
export function registerInputs(app: StrapiApp): void {
  app.customFields.register([
    {
      name: 'euro',
      pluginId: 'catalogue',
      type: 'integer',
      intlLabel: { id: 'catalogue.euro.label', defaultMessage: 'Prix en euros' },
      intlDescription: {
        id: 'catalogue.euro.description',
        defaultMessage: 'Saisi en euros, enregistré en centimes',
      },
      components: { Input: async () => import('./EuroInput.tsx') },
    },
    {
      name: 'vat-rate',
      pluginId: 'catalogue',
      type: 'integer',
      intlLabel: { id: 'catalogue.vat.label', defaultMessage: 'Taux de TVA' },
      intlDescription: {
        id: 'catalogue.vat.description',
        defaultMessage: 'Choisi en pourcentage, enregistré en points de base',
      },
      components: { Input: async () => import('./VatRateInput.tsx') },
    },
  ]);
}
