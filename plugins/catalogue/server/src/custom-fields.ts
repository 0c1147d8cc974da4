import type { Core } from '@strapi/strapi';

/**
 * Registers the server halves of the price and VAT rate fields: both store an integer. Call in
 * `register()`.
 */
export function registerCustomFields(strapi: Core.Strapi): void {
  const inputSize = { default: 4, isResizable: true } as const;
  strapi.customFields.register([
    { name: 'euro', plugin: 'catalogue', type: 'integer', inputSize },
    { name: 'vat-rate', plugin: 'catalogue', type: 'integer', inputSize },
  ]);
}
