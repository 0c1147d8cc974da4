/**
 * Header of a save in the admin: when the document that the form shows had last changed (ISO 8601
 * UTC). Programs do not send it; their saves are not checked.
 */
export const SEEN_HEADER = 'x-comptoir-seen';
