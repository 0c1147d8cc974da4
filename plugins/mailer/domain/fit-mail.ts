import { type Mail, mailSchema } from '@comptoir/contracts/mails';

/**
 * A mail that a template can be given, or why it is none. `reason` names fields, never what is in
 * them.
 */
export type FitMail = { fits: true; mail: Mail } | { fits: false; reason: string };

/** Checks that a mail has what its kind needs. */
export function fitMail(mail: unknown): FitMail {
  const parsed = mailSchema.safeParse(mail);
  if (parsed.success) return { fits: true, mail: parsed.data };
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  return { fits: false, reason: `the mail does not fit its kind: ${issues.join('; ')}` };
}
