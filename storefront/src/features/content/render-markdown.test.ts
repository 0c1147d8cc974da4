import { expect, test } from 'vitest';

import { renderMarkdown } from './render-markdown.ts';

test.each([
  ['<script>alert(1)</script>', '&lt;script&gt;'],
  ['# Titre', '<h2>Titre</h2>'],
  ['**grès**', '<strong>grès</strong>'],
  ['[x](javascript:alert(1))', '[x](javascript:alert(1))'],
  ['![x](http://elsewhere/x.png)', '!<a href'],
  ['Tél. 04 75 00 00 00', 'Tél. <a href="tel:0475000000">04 75 00 00 00</a>'],
  ['à **a@b.fr**', '<strong><a href="mailto:a@b.fr">a@b.fr</a></strong>'],
  ['[a@b.fr](/contact)', '<a href="/contact">a@b.fr</a>'],
  ['`a@b.fr`', '<code>a@b.fr</code>'],
  ['<a@b.fr>', '<p><a href="mailto:a@b.fr">a@b.fr</a></p>'],
  ["l'**émail** : `l'a :`", "l’<strong>émail</strong>\u00a0: <code>l'a :</code>"],
  ["[l'eau](/l'eau \"l'eau\")", '<a href="/l\'eau" title="l\'eau">l’eau</a>'],
  ["```\nl'eau !\n```", "l'eau !"],
  [
    "|a|b|\n|-|-|\n|l'eau|2|",
    '<div class="scroll" role="group" aria-label="Tableau" tabindex="0"><table>',
  ],
  ["|a|b|\n|-|-|\n|l'eau|2|", '<td>l’eau</td>'],
])('%s gives %s', (source, html) => expect(renderMarkdown(source, 'fr')).toContain(html));

test('English words stay as typed', () =>
  expect(renderMarkdown("the potter's « wheel » !", 'en')).toContain("the potter's « wheel » !"));
