/** A piece of a text; `href` where it is an e-mail address or a telephone number. */
export interface Piece {
  text: string;
  href: string | null;
}

const EMAIL = String.raw`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`;
/**
 * French numbers, with the country's prefix or without. The look-arounds keep out parts of longer
 * numbers, such as a SIRET.
 */
const PHONE = String.raw`(?<![\d+]|\d[ \u00a0\u202f.])(?:\+33[ \u00a0\u202f.]?[1-9]|0[1-9])(?:[ \u00a0\u202f.]?\d{2}){4}(?![ \u00a0\u202f]?\d)`;
const CONTACT = new RegExp(`(${EMAIL}|${PHONE})`);

const hrefOf = (text: string): string =>
  text.includes('@') ? `mailto:${text}` : `tel:${text.replace(/[^+\d]/g, '')}`;

/** Finds e-mail addresses and telephone numbers in a text; the pieces put together are the text. */
export const contactsIn = (text: string): Piece[] =>
  text
    .split(CONTACT)
    .map((piece, index) => ({ text: piece, href: index % 2 === 1 ? hrefOf(piece) : null }))
    .filter((piece) => piece.text !== '');
