import { runTool } from '../run-program.ts';
import { checks, runChecks } from './checks.ts';

/** `npm run verify`: types, lint, dependency rules, unit tests. @returns 0 when all are well */
export const verify = async (): Promise<number> => {
  const failed = await runChecks(checks);
  const unit = await runTool('vitest', ['run', '--project', 'unit']);
  process.stdout.write(
    failed === 0 && unit.code === 0
      ? '\nAll is well.\n'
      : `\n${failed} ${failed === 1 ? 'check' : 'checks'} failed${unit.code === 0 ? '' : ', and unit tests'}.\n`,
  );
  return failed === 0 && unit.code === 0 ? 0 : 1;
};
