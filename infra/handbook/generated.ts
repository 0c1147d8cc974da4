import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '@comptoir/env';

import { allDecisions, DECISIONS, decisionsTable } from './decisions.ts';
import { housePicture, pluginPicture, roomInside, roomOfHouse } from './house-picture.ts';
import { arrowsBetween, importRules, readImports } from './imports.ts';

/** The pages that have generated sections. */
const PAGES = ['infra/handbook/house.md', `${DECISIONS}/README.md`];
const section = (name: string): RegExp =>
  new RegExp(`(<!-- generated: ${name} -->\\n)[^]*?(\\n<!-- end -->)`);

/** A page whose generated sections are not what the code says now. */
export interface StalePage {
  path: string;
  text: string;
}

/**
 * Makes every generated section of the handbook anew, in memory.
 * @returns the pages that would change
 * @throws Error when a page lacks a section
 */
export async function stalePages(): Promise<StalePage[]> {
  const sections = await makeSections();
  const stale: StalePage[] = [];
  for (const path of PAGES) {
    const present = readFileSync(join(ROOT, path), 'utf8');
    const text = await formatted(path, fill(path, present, sections));
    if (text !== present) stale.push({ path, text });
  }
  return stale;
}

/** Writes the pages that are stale. @returns their paths */
export async function writeStalePages(): Promise<string[]> {
  const stale = await stalePages();
  for (const { path, text } of stale) writeFileSync(join(ROOT, path), text);
  return stale.map(({ path }) => path);
}

async function makeSections(): Promise<ReadonlyMap<string, string>> {
  const imports = await readImports();
  const plugins = readdirSync(join(ROOT, 'plugins')).sort();
  const inside = plugins.map((plugin) => ({
    plugin,
    arrows: arrowsBetween(imports, roomInside(plugin)),
  }));
  return new Map([
    ['house', housePicture(arrowsBetween(imports, roomOfHouse))],
    [
      'plugins',
      inside
        .filter(({ arrows }) => arrows.length > 0)
        .map(({ plugin, arrows }) => `### plugins/${plugin}\n\n${pluginPicture(arrows)}`)
        .join('\n\n'),
    ],
    ['rules', importRules.map(({ name, comment }) => `- \`${name}\`: ${comment}`).join('\n')],
    ['decisions', decisionsTable(allDecisions())],
  ]);
}

function fill(path: string, text: string, sections: ReadonlyMap<string, string>): string {
  const names = [...text.matchAll(/<!-- generated: (\w+) -->/g)].map(([, name = '']) => name);
  if (names.length === 0) throw new Error(`${path} has no generated section.`);
  return names.reduce((page, name) => {
    const made = sections.get(name);
    if (made === undefined) throw new Error(`${path}: nothing makes the section "${name}".`);
    // A function, because `$&` in a text would mean something to replace().
    return page.replace(
      section(name),
      (_, start: string, end: string) => `${start}\n${made}\n${end}`,
    );
  }, text);
}

async function formatted(path: string, text: string): Promise<string> {
  const options = await resolveConfig(join(ROOT, path));
  return format(text, { ...options, filepath: path });
}
