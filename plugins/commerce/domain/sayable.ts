import type { z } from 'zod';

/** Text that a database can hold: no NUL, no half of a character. */
export const sayable = (text: z.ZodString): z.ZodString => text.regex(/^[^\0\p{Cs}]*$/u, 'un caractère ne peut pas être gardé : retapez le texte');
