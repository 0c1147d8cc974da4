import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

import { runNode } from '../run-program.ts';

/** `npm run images:check`: builds the Dockerfiles with buildah, without an engine. */
export const imagesCheck = async (args: readonly string[]): Promise<number> =>
  (await runNode([join(ROOT, 'infra/containers/built-images.ts'), ...args])).code;
