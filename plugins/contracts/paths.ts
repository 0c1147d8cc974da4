/** Addresses of the API, in one place. */
export const apiPaths = {
  health: '/health',
  ready: '/health/ready',
  products: '/api/produits',
  product: (id: string): string => `/api/produits/${encodeURIComponent(id)}`,
  snapshot: '/api/produits/instantane',
  follow: (after: string): string => `/api/produits/instantane?after=${encodeURIComponent(after)}`,
  images: '/api/images',
  preview: (token: string): string => `/api/apercu/${encodeURIComponent(token)}`,
  quote: '/api/panier/devis',
  orders: '/api/commandes',
  order: (number: string, token: string): string =>
    `/api/commandes/${encodeURIComponent(number)}?token=${encodeURIComponent(token)}`,
  orderLink: '/api/commandes/lien',
  /** The local inbox of a demo without a mail server. */
  mails: '/api/courrier',
  webhook: '/api/paiements/stripe/webhook',
} as const;

/** Response headers that tell where a catalogue answer comes from. */
export const SOURCE_HEADER = 'X-Catalogue-Source';
/**
 * The shopper's address as the storefront tells it to the API: `<address>;<unix
 * seconds>;<signature>`. The signature is the HMAC-SHA256 of `<address>;<unix seconds>` with
 * CLIENT_ADDRESS_SECRET, base64url; it is believed for a minute.
 */
export const CLIENT_ADDRESS_HEADER = 'x-comptoir-client';
export const REQUEST_ID_HEADER = 'x-request-id';
