import type { z } from 'zod';
import { KEEPABLE_TEXT } from '@comptoir/contracts';

/** Text that a database can keep, or a refusal in the words of the admin. */
export const storable = (text: z.ZodString): z.ZodString =>
  text.regex(KEEPABLE_TEXT, 'un caractère ne peut pas être gardé : retapez le texte');
