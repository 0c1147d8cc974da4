import { mailSchema, type Mail, type MailKind, type MailLocale, type NewMail } from '../domain/mails.ts';
import type { Shop } from '../domain/message.ts';

/** One mail of each kind for tests; every free text is `words`. */
export function specimens(locale: MailLocale, words = 'Tasse Rivage'): Record<MailKind, Mail> {
  const url = 'https://shop.test/commande/AH-7K2M9QXW?token=a&b=c';
  const lines = [{ name: words, label: words, quantity: 3, total: 8400 }, { name: 'Vase', label: '', quantity: 1, total: 119_000 }];
  const order = { number: 'AH-7K2M9QXW', lines, subtotal: 127_400, discount: 1400, shipping: 0, total: 126_000, vat: [{ rate: 2000, vat: 20_000 }, { rate: 550, vat: 313 }], testMode: true };
  const address = { name: words, street: [words], postalCode: '26220', city: words, country: words };
  const both = { key: 'k-1', to: 'a@shop.test', locale };
  const staff = { key: 'k-1', to: 'a@shop.test', locale: 'fr' as const };
  const all: { [K in MailKind]: Extract<NewMail, { kind: K }> } = {
    'order-confirmed': { kind: 'order-confirmed', ...both, data: { order, address, delivery: { min: 2, max: 3 }, url } },
    'order-shipped': { kind: 'order-shipped', ...both, data: { number: order.number, lines, address, carrier: words, trackingNumber: words, trackingUrl: 'https://carrier.test/t/1', url } },
    'order-refunded': { kind: 'order-refunded', ...both, data: { number: order.number, amount: 2850, full: false, reason: words, url } },
    'payment-failed': { kind: 'payment-failed', ...both, data: { number: order.number, total: 126_000, url } },
    'order-expired': { kind: 'order-expired', ...both, data: { number: order.number, total: 126_000, url } },
    'order-link': { kind: 'order-link', ...both, data: { orders: [{ number: order.number, total: 126_000, url }] } },
    'merchant-new-order': { kind: 'merchant-new-order', ...staff, data: { order, email: words, address, url } },
    'merchant-low-stock': { kind: 'merchant-low-stock', ...staff, data: { pieces: [{ sku: words, name: words, label: words, available: 1, threshold: 3 }], url } },
    'merchant-needs-review': { kind: 'merchant-needs-review', ...staff, data: { number: order.number, total: 126_000, reason: words, url } },
    'staff-password': { kind: 'staff-password', ...staff, data: { url } },
    'staff-message': { kind: 'staff-message', ...staff, data: { subject: words, text: `${words} ${url}` } },
  };
  return Object.fromEntries(Object.values(all).map((mail) => [mail.kind, mailSchema.parse(mail)])) as Record<MailKind, Mail>;
}

export const shop: Shop = { name: 'Atelier Huit', address: ['8 rue de l’Exemple', '26220 Dieulefit'], email: 'bonjour@shop.test', phone: '+33 4', siteUrl: 'https://shop.test' };
