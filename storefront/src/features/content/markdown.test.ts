import { expect, test } from 'vitest';
import { renderMarkdown } from './markdown.ts';

test.each([
  ['<script>alert(1)</script>', '&lt;script&gt;'], ['# Titre', '<h2>Titre</h2>'], ['**grès**', '<strong>grès</strong>'], ['[x](javascript:alert(1))', '[x](javascript:alert(1))'], ['![x](http://elsewhere/x.png)', '!<a href'],
])('%s gives %s', (source, html) => expect(renderMarkdown(source)).toContain(html));
