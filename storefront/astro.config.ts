import node from '@astrojs/node';
import { defineConfig } from 'astro/config';

/**
 * Rendered on demand by our own `server.ts`, which owns the port, the static files and the HTML
 * cache. Pages are kept whole, so nothing is streamed: a page that fails becomes the 500 page
 * instead of half a page. Everything is bundled, so that the runtime needs neither Astro nor
 * Markdown packages.
 */
export default defineConfig({
  output: 'server',
  adapter: node({
    mode: 'middleware',
    bodySizeLimit: 64 * 1024,
    experimentalDisableStreaming: true,
  }),
  trailingSlash: 'never',
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never', assets: '_assets' },
  security: {
    checkOrigin: true,
    csp: {
      directives: [
        "default-src 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "font-src 'self'",
        "connect-src 'self'",
      ],
    },
  },
  vite: {
    ssr: { noExternal: process.argv.includes('build') ? true : ['@comptoir/contracts'] },
    build: { assetsInlineLimit: 0 },
  },
});
