import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

import { runNode } from '../run-program.ts';

/**
 * `npm run handbook`: writes the generated pages of the handbook anew.
 * @returns 0 when all is well
 */
export async function handbook(): Promise<number> {
  const { code } = await runNode([join(ROOT, 'infra/handbook/write.ts')]);
  return code;
}
