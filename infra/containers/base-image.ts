import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The base our Dockerfiles name; without an engine it is made here instead of pulled. */
export const BASE_IMAGE = 'docker.io/library/node:24-bookworm-slim';

/**
 * What this check leans on, none of it part of Node.
 * @throws Error naming what is missing and how to get it
 */
export function ensureTools(): void {
  const missing = ['buildah', 'debootstrap'].filter(
    (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0,
  );
  if (missing.length > 0)
    throw new Error(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not installed: apt-get install ${missing.join(' ')}, then run npm run images:check again.`,
    );
}

const run = (command: string, args: readonly string[]): string =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

/** npm of the machine: the package whose `bin/npm-cli.js` the command on PATH leads to. */
const npmFolder = (): string => dirname(dirname(realpathSync(run('sh', ['-c', 'command -v npm']))));

function installNode(root: string): void {
  const bin = join(root, 'usr/local/bin');
  mkdirSync(bin, { recursive: true });
  cpSync(process.execPath, join(bin, 'node'), { dereference: true });
  cpSync(npmFolder(), join(root, 'usr/local/lib/node_modules/npm'), {
    recursive: true,
    dereference: true,
  });
  for (const name of ['npm', 'npx'])
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(bin, name));
}

function commit(root: string): void {
  const container = run('buildah', ['from', 'scratch']);
  run('buildah', ['copy', '--quiet', container, root, '/']);
  run('buildah', [
    'config',
    '--env',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    '--cmd',
    'node',
    container,
  ]);
  run('buildah', ['commit', '--quiet', '--rm', container, BASE_IMAGE]);
}

function exists(): boolean {
  try {
    run('buildah', ['inspect', '--type', 'image', BASE_IMAGE]);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes the base image from Debian's packages and this machine's Node 24, unless it is there
 * already.
 * @throws Error when Node is not 24, or debootstrap or buildah fail.
 */
export function ensureBaseImage(): void {
  if (exists()) return;
  if (!process.version.startsWith('v24.'))
    throw new Error(
      `The base image needs Node 24, this is ${process.version}: use npm run images:check`,
    );
  const root = join(mkdtempSync(join(tmpdir(), 'comptoir-base-')), 'root');
  try {
    console.log('Making the base image with debootstrap (about two minutes, once)…');
    run('debootstrap', ['--variant=minbase', 'bookworm', root]);
    for (const waste of [
      'var/cache/apt',
      'var/lib/apt/lists',
      'usr/share/doc',
      'usr/share/man',
      'usr/share/locale',
    ])
      rmSync(join(root, waste), { recursive: true, force: true });
    run('chroot', [root, 'useradd', '--uid', '1000', '--create-home', 'node']);
    installNode(root);
    if (!existsSync(join(root, 'usr/local/bin/node')))
      throw new Error('Node did not reach the base image');
    commit(root);
  } finally {
    rmSync(dirname(root), { recursive: true, force: true });
  }
}
