import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '@comptoir/env';

const TYPES = '.cache/types';
const OURS = '@comptoir';

/**
 * Copies the repository's files into an empty folder, where its own tools can check a change.
 * Installed packages are linked, not copied; the packages of this repository are the copies. What
 * the type checker has kept comes along, so that it looks at the change only.
 * @param copy the folder, by its real path: tools name files by theirs
 */
export function copyRepository(copy: string): void {
  for (const path of listFiles()) copyFile(copy, path);
  linkPackages(copy);
  if (existsSync(join(ROOT, TYPES))) copyTypes(copy);
}

/** What is committed or could be: files that are ignored stay behind. */
function listFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 16 << 20,
  });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)));
}

function copyFile(copy: string, path: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  cpSync(join(ROOT, path), join(copy, path), { preserveTimestamps: true });
}

/** Packages of this repository that npm gave a `node_modules` of their own. */
const nestedPackages = (): string[] =>
  readdirSync(join(ROOT, 'node_modules', OURS))
    .map((name) => relative(ROOT, realpathSync(join(ROOT, 'node_modules', OURS, name))))
    .map((workspace) => join(workspace, 'node_modules'))
    .filter((path) => existsSync(join(ROOT, path)));

function linkPackages(copy: string): void {
  const installed = join(ROOT, 'node_modules');
  mkdirSync(join(copy, 'node_modules', OURS), { recursive: true });
  for (const name of readdirSync(installed))
    if (name !== OURS && (name === '.bin' || !name.startsWith('.')))
      symlinkSync(join(installed, name), join(copy, 'node_modules', name));
  // These links are relative (../../plugins/contracts), so the same text leads into the copy.
  for (const name of readdirSync(join(installed, OURS)))
    symlinkSync(readlinkSync(join(installed, OURS, name)), join(copy, 'node_modules', OURS, name));
  for (const path of nestedPackages()) symlinkSync(join(ROOT, path), join(copy, path));
}

/**
 * The type checker follows links, so in the copy it finds packages where they are installed. What
 * it has kept names them relative to the checkout; without other names it would check everything
 * again.
 */
function copyTypes(copy: string): void {
  cpSync(join(ROOT, TYPES), join(copy, TYPES), { recursive: true, preserveTimestamps: true });
  for (const path of readdirSync(join(copy, TYPES), { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.tsbuildinfo')) continue;
    const file = join(copy, TYPES, path);
    writeFileSync(
      file,
      ['node_modules', ...nestedPackages()].reduce(pointAt(file, copy), readFileSync(file, 'utf8')),
    );
  }
}

const pointAt =
  (file: string, copy: string) =>
  (text: string, packages: string): string => {
    const from = (root: string): string => `"${relative(dirname(file), join(root, packages))}/`;
    return text.replaceAll(from(copy), from(ROOT));
  };
