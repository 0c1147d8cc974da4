import { say } from '../say.ts';
import { runChecks, verifyChecks } from './checks.ts';

/**
 * `npm run verify`: types, lint, templates, formatting, dependency rules, unit tests; Node alone.
 * @returns 0 when all are well
 */
export const verify = async (): Promise<number> => {
  const failed = await runChecks(verifyChecks);
  say(failed === 0 ? '\nAll is well.' : `\n${failed} ${failed === 1 ? 'check' : 'checks'} failed.`);
  return failed === 0 ? 0 : 1;
};
