import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { composeText, readServices, ROOT } from './compose-file.ts';

const runbook = readFileSync(join(ROOT, 'infra/runbook/README.md'), 'utf8');
const entrypoint = readFileSync(join(ROOT, 'cms/entrypoint.sh'), 'utf8');
const services = Object.keys(readServices(composeText()));

/** Words after `docker-compose <verb>` that name services. */
const named = [
  ...runbook.matchAll(
    /docker-compose (?:logs|restart|build|stop|start|ps|exec|run)((?: +(?:-[a-zA-Z-]+|"[^"]*"))*)((?: +[a-z][a-z-]*)+)/g,
  ),
].flatMap(([whole, , words = '']) => {
  const list = words.trim().split(/ +/);
  return /restart/.test(whole) ? list : list.slice(0, 1);
});

test('the runbook names enough services to be worth checking', () =>
  expect(named.length).toBeGreaterThan(15));
test('every service it names is in docker-compose.yml', () =>
  expect([...new Set(named)].filter((name) => !services.includes(name))).toEqual([]));
test('every place it points to is in it', () => {
  const slug = (title: string): string =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/ /g, '-');
  const places = new Set([...runbook.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => slug(title)));
  expect(
    [...runbook.matchAll(/\]\(#([^)]+)\)/g)]
      .map(([, place = '']) => place)
      .filter((place) => !places.has(place)),
  ).toEqual([]);
});
test('every command given to the api container exists', () => {
  const commands = [...runbook.matchAll(/ api (admin-password|[a-z]+)(?: [^|&]*)?/g)].filter(
    ([, word]) => /^(?:migrate|import|export|rebuild|sweep|seed|admin-password)$/.test(word ?? ''),
  );
  expect(commands.length).toBeGreaterThan(3);
  for (const [, word = ''] of commands) expect(entrypoint).toContain(word);
});
test.each(['A', 'B', 'C', 'D', 'E', 'F', 'H', 'J'])('has section %s', (letter) =>
  expect(runbook).toMatch(new RegExp(`^## ${letter}\\) `, 'm')),
);
