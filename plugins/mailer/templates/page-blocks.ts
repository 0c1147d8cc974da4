/** One paragraph of a page as it can be read in any mail program. `mark` stands before an item (`•`, `1.`). */
export interface Block {
  kind: 'heading' | 'text' | 'item';
  quoted: boolean;
  mark: string;
  text: string;
}

/** A whole address: printed or saved, a mail has no site around it. */
const address = (to: string, siteUrl: string): string =>
  (URL.canParse(to, siteUrl) ? new URL(to, siteUrl).href : to).replace(/^(?:mailto|tel):/, '');
const withAddress = (label: string, to: string): string =>
  label === to ? label : `${label} (${to})`;

/** Markdown's marks within a line, taken off; links keep their address in brackets, pictures are left out as on the site. */
const plainWords = (text: string, siteUrl: string): string =>
  text
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\(<?([^\s<>)]*)[^)]*\)/g, (_, label: string, to: string) =>
      withAddress(label, address(to, siteUrl)),
    )
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/(?<![\w*])\*([^*]+)\*(?![\w*])/g, '$1')
    .replace(/(?<!\w)_([^_]+)_(?!\w)/g, '$1')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim();

/** A table's row as a line; null for the rule below its head. */
const rowText = (line: string): string | null => {
  const cells = line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
  return cells.every((cell) => /^:?-+:?$/.test(cell)) ? null : cells.join(' · ');
};

interface Start {
  kind: Block['kind'];
  mark: string;
  text: string;
}
/** What begins at this line; null when it goes on with the paragraph above. */
function startOf(line: string): Start | null {
  const [, title] = /^#{1,6}\s+(.*?)[\s#]*$/.exec(line) ?? [];
  if (title !== undefined) return { kind: 'heading', mark: '', text: title };
  const [, mark, item] = /^([-*+]|\d{1,3}[.)])\s+(.*)$/.exec(line) ?? [];
  return mark !== undefined && item !== undefined
    ? { kind: 'item', mark: /\d/.test(mark) ? mark : '•', text: item }
    : null;
}

/** A page's Markdown as paragraphs of plain words: all it says, nothing that could be markup. */
export function blocksOf(markdown: string, siteUrl: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const raw of markdown.replace(/\r\n?/g, '\n').split('\n')) {
    const quoted = /^\s{0,3}>/.test(raw);
    const line = raw.replace(/^\s{0,3}(?:>\s?)+/, '').trim();
    const row = line.startsWith('|') ? rowText(line) : undefined;
    if (line === '' || row === null || /^(?:[-*_]\s*){3,}$/.test(line)) {
      open = null;
      continue;
    }
    const start: Start | null =
      row === undefined ? startOf(line) : { kind: 'text', mark: '', text: row };
    if (start === null && open !== null && open.quoted === quoted && open.kind !== 'heading') {
      open.text += ` ${line}`;
      continue;
    }
    open = { kind: 'text', mark: '', text: line, ...start, quoted };
    blocks.push(open);
  }
  return blocks
    .map((block) => ({ ...block, text: plainWords(block.text, siteUrl) }))
    .filter(({ text }) => text !== '');
}
