import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MailKind } from '@comptoir/contracts/mails';

import { shop, specimens } from '../fixture/mail-specimens.ts';
import { countryName, french } from './mail-text.ts';
import { delayText } from './order-parts.ts';
import { blocksOf } from './page-blocks.ts';
import { render } from './render-mail.ts';

const URL_HTML = 'href="https://shop.test/commande/AH-7K2M9QXW?token=a&amp;b=c"';
const URL_TEXT = 'https://shop.test/commande/AH-7K2M9QXW?token=a&b=c';
/** What HTML says to a reader: no tags, entities read. */
const readable = (html: string): string =>
  html
    .replace(/<style[^]*?<\/style>|<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const said: [MailKind, fr: string[], en: string[]][] = [
  [
    'order-confirmed',
    [
      'AH-7K2M9QXW',
      '1\u202f260,00\u00a0€',
      '84,00\u00a0€',
      '-14,00\u00a0€',
      'offerte',
      'TVA 5,5\u00a0%',
      '3,13\u00a0€',
      '2 à 3 jours',
      'd’essai\u00a0: rien',
      'Quantité\u00a0: 3',
      '26220',
    ],
    [
      '€1,260.00',
      '€84.00',
      '-€14.00',
      'free',
      'VAT 5.5%',
      '€3.13',
      '2 to 3 working days',
      'test order',
    ],
  ],
  [
    'order-shipped',
    ['AH-7K2M9QXW', 'Numéro de suivi\u00a0: Tasse Rivage', 'Suivre le colis', '84,00\u00a0€'],
    ['Tracking number: Tasse Rivage', 'Track the parcel', '€84.00'],
  ],
  [
    'order-refunded',
    ['AH-7K2M9QXW', '28,50\u00a0€ sur votre commande', 'Motif\u00a0: Tasse Rivage'],
    ['€28.50 of your order', 'Reason: Tasse Rivage'],
  ],
  [
    'payment-failed',
    ['AH-7K2M9QXW', '1\u202f260,00\u00a0€', 'Réessayer'],
    ['€1,260.00', 'Try the payment again'],
  ],
  [
    'order-expired',
    ['AH-7K2M9QXW', 'commande est annulée', 'Revenir au panier'],
    ['is cancelled', 'Back to the cart'],
  ],
  ['order-link', ['AH-7K2M9QXW', '1\u202f260,00\u00a0€'], ['See order AH-7K2M9QXW (€1,260.00)']],
  ['merchant-new-order', ['4 pièces pour 1\u202f260,00\u00a0€', 'Préparer la commande'], []],
  ['merchant-low-stock', ['reste 1', 'seuil 3', 'Voir le stock'], []],
  [
    'merchant-needs-review',
    ['avis\u00a0: Tasse Rivage', '1\u202f260,00\u00a0€', 'Ouvrir la commande'],
    [],
  ],
  ['staff-password', ['Choisir un mot de passe', 'pendant une heure'], []],
  ['staff-message', ['Tasse Rivage'], []],
];

test.each([
  ['fr', 1, 1, '1 jour ouvré après'],
  ['fr', 1, 2, '1 à 2 jours ouvrés après'],
  ['en', 1, 1, '1 working day after'],
  ['en', 2, 2, '2 working days after'],
] as const)('%s, %i to %i days', (locale, min, max, words) => {
  expect(delayText({ min, max }, locale)).toContain(words);
});

test('why an order waits is told in words', () => {
  const specimen = specimens('fr')['merchant-needs-review'];
  if (specimen.kind !== 'merchant-needs-review') throw new Error(specimen.kind);
  expect(
    render({ ...specimen, data: { ...specimen.data, reason: 'dispute' } }, shop).text,
  ).toContain('la banque de l’acheteur le conteste');
});

describe.each(said)('%s', (kind, fr, en) => {
  const versions = [['fr', fr], ...(en.length > 0 ? [['en', en] as const] : [])] as const;
  test.each(versions)(
    'in %s: amounts, link and foot, in HTML and in text alike',
    (locale, phrases) => {
      const { subject, html, text } = render(specimens(locale)[kind], shop);
      for (const phrase of [
        ...phrases,
        'Atelier Huit',
        '8 rue de l’Exemple',
        'bonjour@shop.test',
      ]) {
        expect(text).toContain(phrase);
        expect(readable(html)).toContain(phrase);
      }
      if (kind !== 'staff-message') expect(html).toContain(URL_HTML);
      expect(text).toContain(URL_TEXT);
      expect(html).toContain(`<html lang="${locale}">`);
      expect(subject.length).toBeGreaterThan(5);
      expect(html).not.toMatch(/<img|<link|<script|url\(|src=/);
    },
  );

  test('escapes markup wherever people write', () => {
    const { html } = render(specimens('fr', '<script>alert("1")</script>')[kind], {
      ...shop,
      name: '<b>Huit</b>',
    });
    expect(html).not.toMatch(/<script|<b>/);
    if (
      kind !== 'staff-password' &&
      !['payment-failed', 'order-expired', 'order-link'].includes(kind)
    )
      expect(html).toContain('&lt;script&gt;');
  });
});

test('French spacing', () =>
  expect(french('« Oui ! » dit-il : non ; ou si ? https://a.test/?b=c;d')).toBe(
    '«\u202fOui\u202f!\u202f» dit-il\u00a0: non\u202f; ou si\u202f? https://a.test/?b=c;d',
  ));

test.each([
  ['FR', 'fr', 'France'],
  ['BE', 'fr', 'Belgique'],
  ['BE', 'en', 'Belgium'],
  ['France', 'fr', 'France'],
  ['', 'en', ''],
] as const)('%s in %s is %s', (code, locale, name) => expect(countryName(code, locale)).toBe(name));
test.each(['order-confirmed', 'order-shipped', 'merchant-new-order'] as const)(
  '%s names the country of the parcel',
  (kind) => {
    const mail = specimens('fr')[kind];
    if (!('address' in mail.data) || mail.data.address === null) throw new Error(kind);
    mail.data.address.country = 'CH';
    const { html, text } = render(mail, shop);
    for (const written of [html, text]) expect(written).toContain('Suisse');
  },
);

describe('the terms that go with a confirmation', () => {
  const bodyMarkdown =
    '> **À relire.** <b>Ici</b>\n>\n> 1. remplacé ;\n\n## 7. Rétractation\n\nÉcrivez à a_b@c.test ; voir [Livraison](/pages/livraison)\net [le site](https://x.test/?a=1).\n\n### Formulaire de rétractation\n\n*(Complétez.)*\n\n- Commandé le :\n- Date :\n\n| Pays | Tarif |\n|---|---:|\n| France | 6,90 € |\n\n---';
  const terms = { title: 'Conditions <générales>', slug: 'conditions-de-vente', bodyMarkdown };

  test.each([
    ['a picture is left out', 'Ici ![une tasse](https://x.test/a.png) et là', ['Ici  et là']],
    ['marks that are escaped stay', String.raw`2 \* 3 et \[A\]`, ['2 * 3 et [A]']],
    ['an address keeps its form', '[Écrire](mailto:{{a_b}}@x.test)', ['Écrire ({{a_b}}@x.test)']],
    ['an address that is its own words stands once', '[a@x.test](mailto:a@x.test)', ['a@x.test']],
    ['an address of a script is none', '[Ici](javascript:alert)', ['[Ici](javascript:alert)']],
    ['a list goes on from its number', '3. trois\n4. quatre', ['3.trois', '4.quatre']],
    ['the rest of an item is text', '- un\n\n  suite\n  - deux', ['•un', 'suite', '•deux']],
    ['what is set apart keeps its lines', '```\nun\n  deux\n```', ['un', 'deux']],
    ['a broken line is one text', 'un  \ndeux\\\ntrois', ['un deux trois']],
  ])('%s', (_, markdown, expected) => {
    const blocks = blocksOf(markdown, 'https://shop.test');
    expect(blocks.map(({ mark, text }) => `${mark}${text}`)).toEqual(expected);
  });

  test('Markdown becomes plain words, with whole addresses', () => {
    expect(
      blocksOf(bodyMarkdown, 'https://shop.test').map(
        ({ kind, quoted, mark, text }) => `${kind}${quoted ? ' quoted' : ''}: ${mark}${text}`,
      ),
    ).toEqual([
      'text quoted: À relire. <b>Ici</b>',
      'item quoted: 1.remplacé ;',
      'heading: 7. Rétractation',
      'text: Écrivez à a_b@c.test ; voir Livraison (https://shop.test/pages/livraison) et le site (https://x.test/?a=1).',
      'heading: Formulaire de rétractation',
      'text: (Complétez.)',
      'item: •Commandé le :',
      'item: •Date :',
      'text: Pays · Tarif',
      'text: France · 6,90 €',
    ]);
  });
  test.each([
    ['fr', 'https://shop.test/pages/conditions-de-vente'],
    ['en', 'https://shop.test/en/pages/conditions-de-vente'],
  ] as const)('are in both its parts in %s, with their address, escaped', (locale, url) => {
    const { html, text } = render(specimens(locale)['order-confirmed'], shop, terms);
    for (const written of [readable(html), text])
      for (const words of [url, 'Complétez', '<b>Ici</b>', 'France · 6,90'])
        expect(written).toContain(words);
    expect(text).toContain('FORMULAIRE DE RÉTRACTATION');
    expect(html).not.toContain('<b>');
  });
  test('are in no other mail, and a shop without them confirms all the same', () => {
    expect(render(specimens('fr')['order-shipped'], shop, terms).text).not.toContain('Complétez');
    expect(render(specimens('fr')['order-confirmed'], shop).text).not.toContain('conditions');
  });
});

test('French marks never stand at the start of a line', () => {
  for (const mail of Object.values(specimens('fr'))) {
    const { html, text, subject } = render(mail, shop);
    for (const written of [readable(html).replaceAll(/ {2,}|\n/g, ''), text, subject])
      expect(written).not.toMatch(/ [;:!?»]|« /);
  }
});

test('a payment that bounced is told with what became of the order', () => {
  const mail = specimens('fr')['order-expired'];
  if (mail.kind !== 'order-expired') throw new Error(mail.kind);
  const { subject, text } = render({ ...mail, data: { ...mail.data, bounced: true } }, shop);
  expect(subject).toContain('n’a pas abouti');
  expect(text).toMatch(/Votre banque n’a pas accepté[^]*commande est annulée[^]*Revenir au panier/);
});

test('an order that costs nothing thanks for the order, not for a payment', () => {
  const mail = specimens('fr')['order-confirmed'];
  if (mail.kind !== 'order-confirmed') throw new Error('not the mail that was asked');
  const { text } = render(
    {
      ...mail,
      data: { ...mail.data, order: { ...mail.data.order, total: mail.data.order.shipping } },
    },
    shop,
  );
  expect(text).toContain('rien à payer');
});

test('no name, however hostile, makes markup or a second header', () => {
  const tags = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          '<script>',
          '"',
          "'",
          '\r\n',
          'Bcc: x@y.test',
          '&',
          '>',
          '\u202e',
          '{number}',
          '$&',
          '\0',
        ),
      )
      .map((parts) => parts.join('')),
  );
  const plain = Object.fromEntries(
    (['fr', 'en'] as const).map((locale) => [
      locale,
      Object.fromEntries(
        Object.entries(specimens(locale, 'x')).map(([kind, mail]) => [
          kind,
          tags(render(mail, shop, { title: 'x', slug: 'x', bodyMarkdown: 'x' }).html).length,
        ]),
      ),
    ]),
  );
  fc.assert(
    fc.property(
      hostile.map((text) => `x${text.replaceAll(/[\r\n]/g, '\r')}`),
      fc.constantFrom('fr' as const, 'en' as const),
      (words, locale) => {
        for (const [kind, mail] of Object.entries(specimens(locale, words))) {
          const { subject, html, text } = render(
            mail,
            { ...shop, name: words },
            { title: words, slug: 'x', bodyMarkdown: words.replace(/\s+/g, ' ') },
          );
          expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
          expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e]/u);
          // Line breaks within a paragraph are the only tags that words can add.
          expect(tags(html).filter((tag) => tag !== '<br>').length).toBeLessThanOrEqual(
            plain[locale]?.[kind] ?? 0,
          );
          expect(html).not.toContain('<script');
        }
      },
    ),
    { numRuns: 60 },
  );
});
