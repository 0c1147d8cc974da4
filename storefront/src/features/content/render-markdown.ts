import type { StateCore, Token } from 'markdown-it';
import MarkdownIt from 'markdown-it';
import { z } from 'zod';
import type { Locale } from '@comptoir/contracts';
import { localeSchema } from '@comptoir/contracts';

import { typeset } from '../../client/typography.ts';
import { translator } from '../i18n/texts.ts';
import { contactsIn } from './contacts.ts';

const reader = new MarkdownIt({ html: false, linkify: false, typographer: false });

/**
 * Staff's Markdown as HTML. Raw HTML stays text; pictures are left out, since they could come from
 * any site; titles start at level 2.
 */
export function renderMarkdown(source: string, locale: Locale): string {
  return reader.render(source, { locale });
}

/** The language that `renderMarkdown` handed to the rules. */
const localeIn = (environment: unknown): Locale =>
  z.object({ locale: localeSchema }).parse(environment).locale;

/** What a token adds to the text of its paragraph; code counts as one sign that is no letter. */
function wordsOf({ type, content }: Token): string {
  if (type === 'text') return content;
  if (type === 'code_inline') return '\ufffc';
  return type.endsWith('break') ? '\n' : '';
}

/**
 * Typesets the words of a paragraph as one text, so that an apostrophe sees the letter behind a
 * tag; code keeps its characters.
 */
function typesetWords(tokens: Token[], locale: Locale): void {
  const words = tokens.map(wordsOf);
  const whole = typeset(words.join(''), locale);
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const length = words[index]?.length ?? 0;
    if (token.type === 'text') token.content = whole.slice(at, at + length);
    at += length;
  }
}

/**
 * The tokens of one text, its addresses and numbers as links. The reader escapes both the text and
 * the address.
 */
function linked(text: Token, state: StateCore): Token[] {
  return contactsIn(text.content).flatMap((piece) => {
    const words = new state.Token('text', '', 0);
    words.content = piece.text;
    if (piece.href === null) return [words];
    const open = new state.Token('link_open', 'a', 1);
    open.attrs = [['href', piece.href]];
    return [open, words, new state.Token('link_close', 'a', -1)];
  });
}

function linkContacts(tokens: Token[], state: StateCore): Token[] {
  let depth = 0;
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') depth += 1;
    if (token.type === 'link_close') depth -= 1;
    return token.type === 'text' && depth === 0 ? linked(token, state) : [token];
  });
}

reader.disable('image');
reader.core.ruler.push('shop', (state) => {
  const locale = localeIn(state.env);
  for (const token of state.tokens) {
    if (!token.children) continue;
    typesetWords(token.children, locale);
    token.children = linkContacts(token.children, state);
  }
});

const below = (tag = 'h2'): string => (tag === 'h1' ? 'h2' : tag);
reader.renderer.rules['heading_open'] = (tokens, index) => `<${below(tokens[index]?.tag)}>`;
reader.renderer.rules['heading_close'] = (tokens, index) => `</${below(tokens[index]?.tag)}>`;
// A wide table scrolls in a box of its own, which the keyboard can reach, so the page itself never
// scrolls sideways.
reader.renderer.rules['table_open'] = (_tokens, _index, _options, env) =>
  `<div class="scroll" role="group" aria-label="${translator(localeIn(env))('page.table')}" tabindex="0"><table>`;
reader.renderer.rules['table_close'] = () => '</table></div>';
