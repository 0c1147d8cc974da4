import type { CatalogueFollower } from '../src/client/catalogue-follower.ts';

/**
 * `GET /health` of the storefront: 200 as long as it can show the shop. `uptime`, `age` and
 * `silence` are seconds.
 */
export function storefrontHealth(
  follower: CatalogueFollower,
  build: string,
): { status: 'ok' | 'degraded' } & Record<string, unknown> {
  const { version, source, asOf, entries } = follower.state.snapshot;
  const products = new Set(entries.filter(({ kind }) => kind === 'product').map(({ key }) => key))
    .size;
  const api = follower.contacts > 0 && follower.silence === 0 ? 'ok' : 'down';
  const status = api === 'ok' && source === 'database' ? 'ok' : 'degraded';
  const age = Math.max(0, Math.round((Date.now() - Date.parse(asOf)) / 1000));
  return {
    status,
    version: build,
    uptime: Math.round(process.uptime()),
    checks: {
      api: { status: api, silence: Math.round(follower.silence / 1000) },
      catalogue: { status, source, version, products, age },
    },
  };
}
