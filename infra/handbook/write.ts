/** `npm run handbook`. */
import { writeStalePages } from './generated.ts';

const written = await writeStalePages();
process.stdout.write(
  written.length === 0 ? 'The handbook is up to date.\n' : `Written: ${written.join(', ')}\n`,
);
