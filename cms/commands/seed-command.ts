import { join } from 'node:path';
import type { Core } from '@strapi/strapi';

interface Seeder {
  seed(seedDir: string): Promise<{ text: string; code: number }>;
}

/** `seed`: the starting content of a shop that never had any; nothing afterwards. */
export async function run(strapi: Core.Strapi): Promise<number> {
  const seeder: Seeder = strapi.plugin('catalogue').service('import');
  const { text, code } = await seeder.seed(join(import.meta.dirname, '../../infra/seed'));
  (code === 0 ? console.log : console.error)(text);
  return code;
}
