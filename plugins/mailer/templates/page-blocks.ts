import MarkdownIt, { type Token } from 'markdown-it';

/**
 * One paragraph of a page as it can be read in any mail program. `mark` stands before an item (`•`,
 * `1.`).
 */
export interface Block {
  kind: 'heading' | 'text' | 'item';
  quoted: boolean;
  mark: string;
  text: string;
}

/**
 * The reader of the site's pages (storefront/src/features/content), so that a mail and the site say
 * the same. Raw HTML stays text.
 */
const reader = new MarkdownIt({ html: false, linkify: false, typographer: false });
// An address is shown, not followed: `address` completes it, and no further signs are put into it.
reader.normalizeLink = (to) => to;

/** A whole address: printed or saved, a mail has no site around it. */
const address = (to: string, siteUrl: string): string =>
  (URL.canParse(to, siteUrl) ? new URL(to, siteUrl).href : to).replace(/^(?:mailto|tel):/, '');

const BETWEEN_CELLS = ' · ';

/**
 * The words of a paragraph: without marks; a link keeps its address in brackets, unless that is its
 * words; pictures are left out as on the site.
 */
function wordsOf(tokens: readonly Token[], siteUrl: string): string {
  const opened: { to: string; start: number }[] = [];
  let words = '';
  for (const token of tokens) {
    if (token.type === 'link_open') {
      opened.push({
        to: address(String(token.attrGet('href') ?? ''), siteUrl),
        start: words.length,
      });
    } else if (token.type === 'link_close') {
      const link = opened.pop();
      if (link && words.slice(link.start) !== link.to) words += ` (${link.to})`;
    } else if (token.type.endsWith('break')) {
      words += ' ';
    } else if (token.type !== 'image') {
      words += token.content;
    }
  }
  return words.trim();
}

/** Where the reading of a page stands: what is open around the next paragraph. */
interface Position {
  quotes: number;
  /** Mark of the item whose first paragraph comes next; empty past that. */
  mark: string;
  /** Cells of the table row that is open; null outside a row. */
  row: string[] | null;
}

const markOf = ({ info, markup }: Token): string => (info === '' ? '•' : `${info}${markup}`);

/** Notes what a token opens or closes around paragraphs. */
function move(at: Position, token: Token): void {
  if (token.type === 'blockquote_open' || token.type === 'blockquote_close')
    at.quotes += token.nesting;
  else if (token.type === 'list_item_open') at.mark = markOf(token);
  else if (token.type === 'list_item_close') at.mark = '';
  else if (token.type === 'tr_open') at.row = [];
}

/** The blocks that end at a token. */
function blocksAt(at: Position, token: Token, inHeading: boolean, siteUrl: string): Block[] {
  const quoted = at.quotes > 0;
  const plain = (text: string): Block => ({ kind: 'text', quoted, mark: '', text });
  if (token.type === 'tr_close') {
    const cells = at.row ?? [];
    at.row = null;
    return [plain(cells.join(BETWEEN_CELLS))];
  }
  if (token.type === 'fence' || token.type === 'code_block')
    return token.content.split('\n').map((line) => plain(line.trim()));
  if (token.type !== 'inline') return [];
  const text = wordsOf(token.children ?? [], siteUrl);
  if (at.row !== null) {
    at.row.push(text);
    return [];
  }
  if (inHeading) return [{ ...plain(text), kind: 'heading' }];
  const { mark } = at;
  at.mark = '';
  return [mark === '' ? plain(text) : { ...plain(text), kind: 'item', mark }];
}

/** A page's Markdown as paragraphs of plain words: all it says, nothing that could be markup. */
export function blocksOf(markdown: string, siteUrl: string): Block[] {
  const at: Position = { quotes: 0, mark: '', row: null };
  const tokens = reader.parse(markdown, {});
  return tokens
    .flatMap((token, index) => {
      move(at, token);
      return blocksAt(at, token, tokens[index - 1]?.type === 'heading_open', siteUrl);
    })
    .filter(({ text }) => text !== '');
}
