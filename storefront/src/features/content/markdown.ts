import MarkdownIt from 'markdown-it';

const reader = new MarkdownIt({ html: false, linkify: false, typographer: false });

/** Staff's Markdown as HTML. Raw HTML stays text; pictures are left out (they would come from anywhere); titles start at level 2. */
export function renderMarkdown(source: string): string {
  return reader.render(source);
}

reader.disable('image');
const shift = (tag: string): string => tag.replace(/^h([1-5])$/, (_, level: string) => `h${Number(level) + 1}`);
reader.renderer.rules['heading_open'] = (tokens, index) => `<${shift(tokens[index]?.tag ?? 'h2')}>`;
reader.renderer.rules['heading_close'] = (tokens, index) => `</${shift(tokens[index]?.tag ?? 'h2')}>`;
