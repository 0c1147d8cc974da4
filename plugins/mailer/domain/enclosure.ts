import { z } from 'zod';
import type { MailKind } from '@comptoir/contracts/mails';

/**
 * A page of the shop that a mail carries whole, as it was published when the mail was written:
 * Markdown, with the shop's facts filled in.
 */
export const enclosureSchema = z.object({
  title: z.string(),
  slug: z.string(),
  bodyMarkdown: z.string(),
});
export type Enclosure = z.infer<typeof enclosureSchema>;

/**
 * The page that goes with a kind of mail: a buyer keeps the terms of that day, and the withdrawal
 * form in them, even if the site changes or closes.
 */
export const ENCLOSED: Readonly<Partial<Record<MailKind, string>>> = {
  'order-confirmed': 'terms-of-sale',
};
