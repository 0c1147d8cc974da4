/** An address with the name shown before it; the name may be empty. */
export interface Mailbox {
  name: string;
  address: string;
}

/**
 * A mail ready to leave. `messageId` is the same at each try, so that a copy sent twice can be
 * told.
 */
export interface Message {
  key: string;
  kind: string;
  messageId: string;
  from: Mailbox;
  replyTo: string | null;
  to: string;
  subject: string;
  html: string;
  text: string;
}

/**
 * Name and contact of the shop, for the sender and the foot of each mail. Empty strings where staff
 * have entered nothing.
 */
export interface Shop {
  name: string;
  address: readonly string[];
  email: string;
  phone: string;
  siteUrl: string;
}

/** One line without control characters: safe in a header, whatever it was. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();

/** Reads `Name <address>` or a bare address; the schema of `MAIL_FROM` has checked the form. */
export function mailboxOf(text: string): Mailbox {
  const [, name = '', address = text] = /^(.*?)\s*<([^<>]+)>$/.exec(text.trim()) ?? [];
  return { name: oneLine(name), address: oneLine(address) };
}

/** The sender: `MAIL_FROM`, or the shop's name and e-mail, or an address at the shop's own host. */
export function senderOf(shop: Shop, mailFrom: string | undefined): Mailbox {
  if (mailFrom !== undefined) {
    const { name, address } = mailboxOf(mailFrom);
    return { name: name || oneLine(shop.name), address };
  }
  return {
    name: oneLine(shop.name),
    address: oneLine(shop.email) || `no-reply@${new URL(shop.siteUrl).hostname}`,
  };
}
