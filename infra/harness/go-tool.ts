import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Whether programs written in Go can be built here. */
export const hasGo = (): boolean => spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;

/** Where programs are kept once built: outside the checkout, for every checkout of this machine. */
const binFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'comptoir', 'bin');
const placeOf = (name: string): string => join(binFolder(), name);

/**
 * Why a program cannot be had here, or null when it can: the one reason to skip tests that need it.
 */
export const goProgramMissing = (...names: string[]): string | null =>
  names.every((name) => existsSync(placeOf(name))) || hasGo()
    ? null
    : `Go is missing, so ${names.join(' and ')} cannot be built from source`;

// Copied beside its place and renamed, because another process could start a half-written program.
function keep(built: string, path: string): string {
  mkdirSync(binFolder(), { recursive: true });
  cpSync(built, `${path}.${process.pid}`);
  renameSync(`${path}.${process.pid}`, path);
  return path;
}

/**
 * Path of a program from a pinned Go module of our own, built on first use.
 * @param name file name of the program;
 * @param module absolute folder of the module;
 * @param target package to build.
 * @throws Error when the build fails.
 */
export function goTool(name: string, module: string, target: string): string {
  const path = placeOf(name);
  if (existsSync(path)) return path;
  const work = mkdtempSync(join(tmpdir(), 'comptoir-go-'));
  try {
    // A copy, because `-mod=mod` completes go.mod while it builds.
    cpSync(module, work, { recursive: true });
    execFileSync('go', ['build', '-o', join(work, name), target], {
      cwd: work,
      env: { ...process.env, GOFLAGS: '-mod=mod' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return keep(join(work, name), path);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const run = promisify(execFile);

/**
 * Path of a program that is not ours, installed from a published Go module on first use (minutes
 * for a large one).
 * @param name file name of the program;
 * @param module its package with an exact version, such as `example.org/tool@v1.2.3`.
 * @throws Error when the build fails.
 */
export async function goProgram(name: string, module: string): Promise<string> {
  const path = placeOf(name);
  if (existsSync(path)) return path;
  console.log(`Building ${name} from source, once: it can take a few minutes…`);
  const work = mkdtempSync(join(tmpdir(), 'comptoir-go-'));
  try {
    await run('go', ['install', '-trimpath', module], {
      env: { ...process.env, GOBIN: work, CGO_ENABLED: '0', GOTOOLCHAIN: 'auto' },
      maxBuffer: 1e8,
    });
    return keep(join(work, name), path);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
