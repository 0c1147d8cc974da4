import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const skippedFolders = new Set([
  'node_modules',
  'dist',
  '.astro',
  '.cache',
  '.strapi',
  '.tmp',
  'browser',
  'fixture',
  'generated',
  'built-in',
  'test-results',
]);
// Tests are not part of any build.
const skippedFiles =
  /\.(test|int\.test|browser|fixture)\.(tsx?|mjs)$|\.md$|^\.DS_Store$|\.tsbuildinfo$|^tsconfig\.tests\.json$/;

const filesIn = (root: string, path: string): string[] => {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [path];
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) =>
      entry.isDirectory() ? !skippedFolders.has(entry.name) : !skippedFiles.test(entry.name),
    )
    .flatMap((entry) => filesIn(root, `${path}/${entry.name}`));
};

/**
 * One hash over names and contents: an edited, added, renamed or removed file changes it; a touched
 * date or a new clone does not.
 */
export const contentHash = (root: string, inputs: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesIn(root, input)).sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
};
