import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { goProgram, goProgramMissing } from './go-tool.ts';

/** Why stripe-mock cannot run here, or null when it can: the one reason to skip its tests. */
export const stripeMockMissing = (): string | null => goProgramMissing('stripe-mock');

/** Stripe's own stateless fake, made from its published specification (2026-08-26). */
export interface StripeMock {
  url: string;
  stop(): Promise<void>;
}

const PATIENCE_MS = 30_000;
const SPOKEN = /^Listening for HTTP at address: (\S+:\d+)$/;

/**
 * Starts a server that says where it listens once it does, and waits for that.
 * @throws Error with the server's last words when it ends before, or says nothing for thirty
 * seconds
 */
export async function startSpoken(program: string, args: readonly string[]): Promise<StripeMock> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const lost = (why: string): void =>
    reject(new Error(`${program} ${why}; its last words:\n${said.slice(-20).join('\n')}`));
  const ended = new Promise<void>((done) =>
    child.once('close', (code, signal) => {
      lost(`ended (${code ?? signal}) before it listened`);
      done();
    }),
  );
  const heard = (line: string): void => {
    said.push(line);
    const address = SPOKEN.exec(line)?.[1];
    if (address !== undefined) resolve(`http://${address}`);
  };
  child.once('error', ({ message }) => lost(`cannot be started (${message})`));
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', heard);
  const late = setTimeout(() => lost(`does not listen after ${PATIENCE_MS} ms`), PATIENCE_MS);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    return { url: await promise, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(late);
  }
}

/**
 * Starts stripe-mock on ports that the system chooses: a port found free beforehand may be taken
 * meanwhile, and without `-https-addr` it takes 12112 of every network too, so that a second one
 * ends at once.
 * @throws Error when it cannot be built or does not listen
 */
export const startStripeMock = async (): Promise<StripeMock> =>
  startSpoken(await goProgram('stripe-mock', 'github.com/stripe/stripe-mock@v0.203.0'), [
    '-http-addr',
    '127.0.0.1:0',
    '-https-addr',
    '127.0.0.1:0',
  ]);
