import { type Child, isRunning, untilAnswers } from '@comptoir/process';

/**
 * Waits until a child answers at its address.
 * @param stopping ends the waiting: the shop is being stopped
 * @throws Error with the child's last words when it does not; it is stopped then
 */
export async function orLastWords(
  child: Child,
  url: string,
  stopping: AbortSignal,
  timeoutMs = 60_000,
): Promise<Child> {
  const stillAlive = (): boolean => isRunning(child.process) && !stopping.aborted;
  if (await untilAnswers(url, { timeoutMs, stillAlive })) return child;
  const words = child.lastWords();
  await child.stop();
  const quoted = words ? ` Its last words:\n${words}` : '';
  throw new Error(`${child.name} does not answer at ${url}.${quoted}`);
}
