import { spawn } from 'node:child_process';
import { freePort, untilAnswers } from '@comptoir/supervisor';
import { goProgram, goProgramMissing } from './go-tool.ts';

/** Why stripe-mock cannot run here, or null when it can: the one reason to skip its tests. */
export const stripeMockMissing = (): string | null => goProgramMissing('stripe-mock');

/** Stripe's own stateless fake, made from its published specification (2026-08-26). */
export interface StripeMock { url: string; stop(): Promise<void> }

/** Starts stripe-mock on a free port. @throws Error when it cannot be built or does not answer */
export const startStripeMock = async (): Promise<StripeMock> => {
  const program = await goProgram('stripe-mock', 'github.com/stripe/stripe-mock@v0.203.0');
  const port = await freePort();
  const child = spawn(program, ['-http-addr', `127.0.0.1:${port}`], { stdio: 'ignore' });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => { child.kill('SIGTERM'); await ended; };
  if (await untilAnswers(url, { timeoutMs: 30_000, stillAlive: () => child.exitCode === null })) return { url, stop };
  await stop();
  throw new Error(`stripe-mock does not answer at ${url}`);
};
