import { writeStalePages } from '../../handbook/generated.ts';
import { say } from '../say.ts';

/** `npm run handbook`: writes the generated pages of the handbook anew. */
export async function handbook(): Promise<void> {
  const written = await writeStalePages();
  say(written.length === 0 ? 'The handbook is up to date.' : `Written: ${written.join(', ')}`);
}
