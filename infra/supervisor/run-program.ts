import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';
import { quietNode, track } from '@comptoir/process';

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  quiet?: boolean;
  timeoutMs?: number;
}
export interface RunResult {
  code: number;
  output: string;
}

/**
 * Runs a program to its end. Its output is passed on unless `quiet`, and returned either way; a
 * program that cannot start is code 127.
 */
export const runProgram = (
  file: string,
  args: readonly string[],
  { cwd = ROOT, env = process.env, quiet = false, timeoutMs }: RunOptions = {},
): Promise<RunResult> =>
  new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env,
      stdio: [quiet ? 'ignore' : 'inherit', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    track(child, 'program');
    let output = '';
    const keep =
      (to: NodeJS.WriteStream) =>
      (data: Buffer): void => {
        output += data.toString();
        if (!quiet) to.write(data);
      };
    child.stdout.on('data', keep(process.stdout));
    child.stderr.on('data', keep(process.stderr));
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });

/** The same for a program that npm installed. */
export const runTool = (
  name: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> => runProgram(join(ROOT, 'node_modules/.bin', name), args, options);

/** The same for a Node script of ours. */
export const runNode = (args: readonly string[], options: RunOptions = {}): Promise<RunResult> =>
  runProgram(process.execPath, [...quietNode, ...args], options);
