import MarkdownIt from 'markdown-it';

const reader = new MarkdownIt({ html: false, linkify: false, typographer: false });

/** Staff's Markdown as HTML. Raw HTML stays text; pictures are left out (they would come from anywhere); titles start at level 2. */
export function renderMarkdown(source: string): string {
  return reader.render(source);
}

reader.disable('image');
const below = (tag = 'h2'): string => (tag === 'h1' ? 'h2' : tag);
reader.renderer.rules['heading_open'] = (tokens, index) => `<${below(tokens[index]?.tag)}>`;
reader.renderer.rules['heading_close'] = (tokens, index) => `</${below(tokens[index]?.tag)}>`;
