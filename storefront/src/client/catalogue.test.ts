import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { CatalogueEntry, CatalogueSnapshot } from '@comptoir/contracts';

import { fixtureEntries } from '../../browser/fixture/fixture-entries.ts';
import type { CatalogueApi } from './catalogue-api.ts';
import { EMPTY_STATE, newestOf, readDump, writeDump } from './catalogue-dump.ts';
import { CatalogueFollower } from './catalogue-follower.ts';
import { CatalogueReader } from './catalogue-reader.ts';
import type { CatalogueState } from './catalogue-state.ts';
import { applyDelta } from './catalogue-state.ts';

const entries = fixtureEntries();
const snapshot = (version: string, over: Partial<CatalogueSnapshot> = {}): CatalogueSnapshot => ({
  version,
  source: 'database',
  asOf: '2026-11-23T10:00:00Z',
  entries,
  ...over,
});
const state = (version = 'e.1', over: Partial<CatalogueSnapshot> = {}): CatalogueState => ({
  snapshot: snapshot(version, over),
  formerSlugs: {},
  formerNames: {},
});
const renamed = (name: string, slug: string): CatalogueEntry[] =>
  entries.flatMap((entry) =>
    entry.kind === 'product' && entry.key === 'ah-001' && entry.locale === 'fr'
      ? [{ ...entry, body: { ...entry.body, name, slug } }]
      : [],
  );
const delta = (version: string, changed: CatalogueEntry[]) => ({
  version,
  source: 'database' as const,
  asOf: '2026-11-23T10:00:01Z',
  changed,
  withdrawn: [],
});

test('a changed text touches its entry, a changed address its lists too', () => {
  expect(applyDelta(state(), delta('e.2', renamed('Tasse Rive', 'tasse-rivage'))).touched).toEqual([
    'product:ah-001:fr',
  ]);

  const moved = applyDelta(state(), delta('e.2', renamed('Tasse Rive', 'tasse-rive')));

  expect(moved.touched).toEqual(['product:ah-001:fr', 'product:*:fr']);
  expect(new CatalogueReader(moved.state, false).productAt('tasse-rivage', 'fr')).toEqual({
    found: false,
    slug: 'tasse-rive',
  });
});

test('a withdrawn product is gone, and lists are told', () => {
  const { state: after, touched } = applyDelta(state(), {
    ...delta('e.2', []),
    withdrawn: [{ kind: 'product', key: 'ah-001', locale: 'fr' }],
  });
  expect(touched).toEqual(['product:ah-001:fr', 'product:*:fr']);
  expect(new CatalogueReader(after, false).productAt('tasse-rivage', 'fr')).toBeNull();
});

test.each([
  ['ah-001', 'tasse-rivage'],
  ['shore-mug', 'tasse-rivage'],
  ['tasse-rivage', null],
])('%s leads to %s', (asked, slug) => {
  const found = new CatalogueReader(state(), false).productAt(asked, 'fr');
  expect(found).toMatchObject(slug ? { found: false, slug } : { found: true });
});

test.each(['shore-mug', 'tasse-ancienne'])(
  'a page that only leads on (%s) is touched when another product takes the address',
  (asked) => {
    const before = { ...state(), formerSlugs: { 'product:fr:tasse-ancienne': 'ah-001' } };
    const reader = new CatalogueReader(before, false);

    expect(reader.productAt(asked, 'fr')).toMatchObject({ found: false });

    const taken = entries.flatMap((entry) =>
      entry.kind === 'product' && entry.key === 'ah-002' && entry.locale === 'fr'
        ? [{ ...entry, body: { ...entry.body, slug: asked } }]
        : [],
    );
    const { touched } = applyDelta(before, delta('e.2', taken));

    expect(touched.some((tag) => reader.tags.has(tag))).toBe(true);
  },
);

test('a reader remembers what it read; an unknown SKU is sold out', () => {
  const reader = new CatalogueReader(state(), false);
  reader.productAt('tasse-rivage', 'fr');
  expect(reader.availability('unknown-sku')).toBe('out');
  expect([...reader.tags]).toEqual(['product:ah-001:fr', 'availability:unknown-sku:*']);
});

test('a dump comes back as it was; a damaged one is refused with a reason', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'dump-')), 'deep', 'catalogue.json');
  const report = vi.fn();
  expect(await readDump(file, report)).toBeNull();
  expect(report).not.toHaveBeenCalled();
  await writeDump(file, state());
  expect(await readDump(file, report)).toEqual(state());
  await writeFile(file, (await readFile(file, 'utf8')).replace('Tasse Rivage', 'Tasse Ravage'));
  expect(await readDump(file, report)).toBeNull();
  expect(report).toHaveBeenCalledWith(expect.stringContaining('checksum'));
});

test('a real catalogue beats the sample, then the newer wins', () => {
  const sample = state('seed.0', { source: 'csv', asOf: '2026-12-01T00:00:00Z' });
  const newer = state('e.3', { asOf: '2026-11-24T10:00:00Z' });
  expect(newestOf([sample, state(), newer, null])).toBe(newer);
  expect(newestOf([null])).toBeNull();
});

const never = (): Promise<never> => new Promise(() => undefined);
function follow(api: Partial<CatalogueApi>, initial = EMPTY_STATE, now: () => number = Date.now) {
  const touched: string[][] = [];
  const full: CatalogueApi = { snapshot: never, follow: never, preview: never, ...api };
  const follower = new CatalogueFollower({
    api: full,
    initial,
    onTouched: (tags) => touched.push(tags),
    onState: () => undefined,
    log: () => undefined,
    now,
    pace: {
      firstRetry: 1,
      lastRetry: 2,
      minGap: 0,
      checkEvery: 1,
      plainPoll: 1e6,
      staleAfter: 5_000,
    },
  });
  follower.start();
  return { follower, touched };
}

test('the follower takes the whole, then deltas, and the whole again when the epoch changed', async () => {
  const wholes = [snapshot('e.1'), snapshot('f.9')];
  const deltas = [delta('e.2', renamed('Tasse Rive', 'tasse-rivage')), delta('f.9', [])];
  const { follower, touched } = follow({
    snapshot: async () => {
      const next = wholes.shift();
      return next ? { snapshot: next, etag: null } : null;
    },
    follow: async () => deltas.shift() ?? never(),
  });
  await vi.waitFor(() => expect(follower.state.snapshot.version).toBe('f.9'));
  follower.stop();

  expect(touched).toContainEqual(['product:ah-001:fr']);
});

test('the sample never replaces a real catalogue; shoppers are told that they see a copy', async () => {
  const { follower } = follow(
    {
      snapshot: async () => ({
        snapshot: snapshot('seed.0', { source: 'csv', entries: [] }),
        etag: null,
      }),
    },
    state('e.7'),
  );
  await vi.waitFor(() => expect(follower.degraded).toBe(true));
  follower.stop();

  expect(follower.state.snapshot).toMatchObject({ version: 'e.7', source: 'snapshot' });
});

test('a shop that knows nothing takes the sample', async () => {
  const { follower } = follow({
    snapshot: async () => ({ snapshot: snapshot('seed.0', { source: 'csv' }), etag: null }),
  });
  await vi.waitFor(() => expect(follower.state.snapshot.version).toBe('seed.0'));
  follower.stop();
});

test('a silent API is told after a while, and taken back when it answers', async () => {
  let clock = 0;
  let down = true;
  const { follower, touched } = follow(
    {
      snapshot: async () => {
        if (down) throw new Error('refused');
        return { snapshot: snapshot('e.8'), etag: null };
      },
    },
    state(),
    () => clock,
  );
  await vi.waitFor(() => {
    clock += 1_000;
    expect(follower.degraded).toBe(true);
  });
  down = false;
  await vi.waitFor(() => expect(follower.degraded).toBe(false));
  follower.stop();

  expect(touched.filter(([tag]) => tag === 'condition')).toHaveLength(2);
});

test('French texts are shown with their typography, and stay as typed underneath', () => {
  const typed = renamed("L'anse : « ronde »", 'tasse-rivage');
  const { state: changed } = applyDelta(state(), delta('e.2', typed));
  const found = new CatalogueReader(changed, false).productAt('tasse-rivage', 'fr');

  expect(found?.found && found.body.name).toBe('L’anse\u00a0: «\u00a0ronde\u00a0»');
  expect(
    changed.snapshot.entries.find(
      ({ kind, key, locale }) => kind === 'product' && key === 'ah-001' && locale === 'fr',
    ),
  ).toEqual(typed[0]);
});
