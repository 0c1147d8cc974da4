import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { NewMail } from '@comptoir/contracts/mails';

declare const strapi: Core.Strapi;
/** What Strapi's email plugin hands to a provider. */
export interface StrapiMail {
  to?: string;
  subject?: string;
  text?: string;
  html?: string;
}

/**
 * Strapi's mail as one of ours: its letter with a password link (config/admin.ts makes the text
 * that link alone), or a plain message.
 */
export function mailOf(
  { to = '', subject = '', text = '' }: StrapiMail,
  resetUrl: string,
): NewMail {
  const id = randomUUID();
  if (text.startsWith(resetUrl))
    return {
      kind: 'staff-password',
      key: `staff-password-${id}`,
      to,
      locale: 'fr',
      data: { url: text.trim() },
    };
  return {
    kind: 'staff-message',
    key: `staff-message-${id}`,
    to,
    locale: 'fr',
    data: { subject, text },
  };
}

/**
 * Strapi's email provider: its mails go through the outbox like all others. Named in
 * cms/config/plugins.ts.
 */
export const init = () => ({
  async send(mail: StrapiMail): Promise<void> {
    const resetUrl = `${strapi.config.get<string>('admin.absoluteUrl')}/auth/reset-password?code=`;
    const outbox: { send(mail: NewMail): Promise<unknown> } = strapi
      .plugin('mailer')
      .service('outbox');
    await outbox.send(mailOf(mail, resetUrl));
  },
});
