import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureBaseImage, ensureTools } from './base-image.ts';
import { type BuiltImage, imageFailures } from './image-rules.ts';

/**
 * Builds our images with buildah, without a container engine, and checks what is in them. `npm run
 * images:check [-- api|frontend|stripe-simulator]`.
 */
const ROOT = join(import.meta.dirname, '../..');
const IMAGES = [
  { name: 'api', dockerfile: 'cms/Dockerfile', part: 'strapi' },
  { name: 'frontend', dockerfile: 'storefront/Dockerfile', part: 'pages' },
  { name: 'stripe-simulator', dockerfile: 'infra/stripe-simulator/Dockerfile', part: 'simulator' },
] as const;

const buildah = (args: readonly string[]): string =>
  execFileSync('buildah', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 << 20,
  }).trim();

/**
 * npm's settings of this machine, mounted during the build only: nothing of them reaches an image.
 */
function npmMounts(folder: string): string[] {
  const own = join(homedir(), '.npmrc');
  const authority = process.env['NODE_EXTRA_CA_CERTS'];
  const lines = existsSync(own) ? [readFileSync(own, 'utf8')] : [];
  if (authority && existsSync(authority)) {
    copyFileSync(authority, join(folder, 'authority.crt'));
    lines.push('cafile=/run/npm/authority.crt');
  }
  writeFileSync(join(folder, 'npmrc'), lines.join('\n'), { mode: 0o600 });
  return [
    '--volume',
    `${folder}:/run/npm:ro`,
    '--volume',
    `${join(folder, 'npmrc')}:/root/.npmrc:ro`,
  ];
}

/** As many open files as this machine allows: npm needs more than buildah's default of 1,024. */
function openFiles(): string {
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  return limit === 'unlimited' ? '65536:65536' : `${limit}:${limit}`;
}

function build(name: string, dockerfile: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-npm-'));
  try {
    const args = [
      'bud',
      '--isolation',
      'chroot',
      '--network',
      'host',
      '--pull-never',
      '--ulimit',
      `nofile=${openFiles()}`,
      '--layers',
      '--format',
      'docker',
      ...npmMounts(folder),
      '--file',
      join(ROOT, dockerfile),
      '--tag',
      `comptoir/${name}:check`,
      ROOT,
    ];
    if (spawnSync('buildah', args, { stdio: 'inherit' }).status !== 0)
      throw new Error(`${dockerfile} does not build`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Inspection {
  Docker: { config: { User?: string; Env?: string[]; Healthcheck?: unknown } };
}

function look(name: string): BuiltImage {
  const image = `comptoir/${name}:check`;
  const {
    Docker: { config },
  } = JSON.parse(buildah(['inspect', '--type', 'image', image])) as Inspection;
  const container = buildah(['from', '--pull-never', image]);
  try {
    const root = buildah(['mount', container]);
    const files = execFileSync('find', [root, '-xdev', '-type', 'f', '-printf', '%P\t%s\n'], {
      encoding: 'utf8',
      maxBuffer: 256 << 20,
    })
      .trim()
      .split('\n')
      .map((line) => line.split('\t'));
    return {
      user: config.User ?? '',
      healthcheck: config.Healthcheck !== undefined,
      env: config.Env ?? [],
      // buildah leaves an empty file where npm's settings were mounted
      files: files.filter(([, size]) => size !== '0').map(([path = '']) => path),
      bytes: files.reduce((sum, [, size]) => sum + Number(size), 0),
    };
  } finally {
    buildah(['rm', container]);
  }
}

function check(): void {
  ensureTools();
  const chosen = IMAGES.filter(
    ({ name }) => process.argv.length < 3 || process.argv.includes(name),
  );
  ensureBaseImage();
  const failures = chosen.flatMap(({ name, dockerfile, part }) => {
    build(name, dockerfile);
    const image = look(name);
    console.log(
      `${name}: ${(image.bytes / 1e6).toFixed(0)} MB in ${image.files.length} files, user ${image.user}`,
    );
    return imageFailures(image, part).map((failure) => `${name}: ${failure}`);
  });
  for (const failure of failures) console.error(failure);
  if (failures.length === 0) console.log('Images: all checks passed.');
  process.exitCode = failures.length === 0 ? 0 : 1;
}

try {
  check();
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
