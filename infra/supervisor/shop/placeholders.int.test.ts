import pg from 'pg';
import { expect, test } from 'vitest';
import { createDatabase } from '@comptoir/harness';

import { unfinishedPages } from './placeholders.ts';

test('names the published pages with passages to complete, and no other', async () => {
  const { url, drop } = await createDatabase();
  expect(await unfinishedPages(url)).toEqual([]);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    'create table catalogue_entries (kind text, key text, locale text, body jsonb)',
  );
  const add = (kind: string, key: string, body: object | null, locale = 'fr'): Promise<unknown> =>
    client.query('insert into catalogue_entries values ($1, $2, $3, $4)', [
      kind,
      key,
      locale,
      body,
    ]);
  await add('page', 'legal-notice', {
    title: 'Mentions légales',
    body: 'Hébergeur : [À compléter : nom et adresse].',
  });
  await add(
    'page',
    'legal-notice',
    { title: 'Legal notice', body: 'Host: [To complete: name].' },
    'en',
  );
  await add('page', 'terms-of-sale', { title: 'CGV', body: 'Médiateur : chambre des métiers.' });
  await add('page', 'privacy', null);
  await add('product', 'ah-001', { title: '[À compléter]' });
  await client.end();
  expect(await unfinishedPages(url)).toEqual(['Legal notice', 'Mentions légales']);
  await drop();
});
