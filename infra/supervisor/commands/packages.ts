import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

const places = [
  'cms',
  'cms/browser',
  'cms/door',
  'storefront',
  ...['plugins', 'infra'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`),
  ),
];
const inside = [
  'tsconfig.json',
  'server/tsconfig.json',
  'admin/tsconfig.json',
  'src/admin/tsconfig.json',
  'tsconfig.commands.json',
];

/** Every TypeScript project of the house, as paths from the checkout; the storefront has a checker of its own. */
export const typescriptProjects = (): string[] =>
  places
    .filter((place) => place !== 'storefront')
    .flatMap((place) => inside.map((file) => `${place}/${file}`))
    .filter((path) => existsSync(join(ROOT, path)));
