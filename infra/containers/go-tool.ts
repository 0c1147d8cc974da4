import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether programs written in Go can be built here. */
export const hasGo = (): boolean => spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;

const binFolder = (): string => join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'comptoir', 'bin');

/**
 * Path of a program from a pinned Go module beside this file, built on first use and kept outside the checkout.
 * @param name file name of the program; @param module folder of the module; @param target package to build.
 * @throws Error when the build fails.
 */
export const goTool = (name: string, module: string, target: string): string => {
  const path = join(binFolder(), name);
  if (existsSync(path)) return path;
  const work = mkdtempSync(join(tmpdir(), 'comptoir-go-'));
  try {
    // A copy, because `-mod=mod` completes go.mod while it builds.
    cpSync(join(import.meta.dirname, module), work, { recursive: true });
    execFileSync('go', ['build', '-o', join(work, name), target], { cwd: work, env: { ...process.env, GOFLAGS: '-mod=mod' }, stdio: ['ignore', 'inherit', 'inherit'] });
    mkdirSync(binFolder(), { recursive: true });
    cpSync(join(work, name), `${path}.${process.pid}`);
    renameSync(`${path}.${process.pid}`, path);
    return path;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};
