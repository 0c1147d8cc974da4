/**
 * Text that a database can keep: no NUL, no half of a surrogate pair. Line breaks and tabs may be
 * in it.
 */
export const KEEPABLE_TEXT = /^[^\0\p{Cs}]*$/u;
/** Such a text on one line: no control character at all. */
export const ONE_LINE_TEXT = /^[^\p{Cc}\p{Cs}]*$/u;
/** What is left of a text on one line without what {@link ONE_LINE_TEXT} refuses. */
export const asOneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cs}]/gu, '');
