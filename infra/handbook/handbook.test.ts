import { expect, test } from 'vitest';

import { allDecisions, decisionsTable, readDecision } from './decisions.ts';
import { stalePages } from './generated.ts';
import { housePicture, pluginPicture, roomInside, roomOfHouse } from './house-picture.ts';
import { arrowsBetween } from './imports.ts';

test('what is generated is what the code says: `npm run handbook` writes it anew', async () => {
  const stale = await stalePages();

  expect(stale.map(({ path }) => path)).toEqual([]);
}, 60_000);

test.each([
  ['plugins/stripe/domain/event.ts', 'plugins/stripe'],
  ['cms/door/main.ts', 'cms/door'],
  ['cms/run.ts', 'cms'],
  ['storefront/server.ts', 'storefront'],
  ['infra/env/load.ts', 'infra/env'],
  ['node_modules/zod/index.js', null],
])('%s stands in %s', (path, room) => expect(roomOfHouse(path)).toBe(room));

test('a plugin has rooms, and files that stand in none', () => {
  const roomOf = roomInside('stripe');

  expect(roomOf('plugins/stripe/server/src/index.ts')).toBe('server');
  expect(roomOf('plugins/stripe/package.json')).toBeNull();
  expect(roomOf('plugins/mailer/domain/message.ts')).toBeNull();
});

test('imports add up to arrows; those inside a room are none', () => {
  const imports = [
    ['cms/door/a.ts', 'infra/env/x.ts'],
    ['cms/door/b.ts', 'infra/env/y.ts'],
    ['cms/door/b.ts', 'cms/door/a.ts'],
    ['cms/door/b.ts', 'node:fs'],
  ] as const;

  expect(arrowsBetween(imports, roomOfHouse)).toEqual([
    { from: 'cms/door', to: 'infra/env', imports: 2 },
  ]);
});

test('a picture names each room once and draws each arrow', () => {
  const arrows = [{ from: 'cms/door', to: 'plugins/contracts', imports: 3 }];

  const picture = housePicture(arrows);

  expect(picture.split('cms_door["cms/door"]')).toHaveLength(2);
  expect(picture).toContain('  cms_door --> plugins_contracts');
  expect(picture).not.toContain('storefront');
  expect(pluginPicture(arrows)).toContain('flowchart LR');
});

test('a decision begins with number, title, date and status', () => {
  const text = '# 0099 — A title\n\n_2026-11-29 · superseded by 0100_\n\n**Situation.** …\n';

  expect(readDecision('0099-a-title.md', text)).toMatchObject({
    number: '0099',
    date: '2026-11-29',
    status: 'superseded by 0100',
  });
  expect(() => readDecision('0099-a-title.md', '# 0099 — A title\n')).toThrow(
    'infra/decisions/0099-a-title.md must begin with',
  );
  expect(() => readDecision('0098-a-title.md', text)).toThrow('0098-a-title.md');
});

test('the index has each decision', () => {
  const decisions = allDecisions();

  expect(decisions.length).toBeGreaterThan(16);
  expect(decisionsTable(decisions).split('\n')).toHaveLength(decisions.length + 2);
});
