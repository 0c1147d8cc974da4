/** Header of a save in the admin: when the document that the form shows had last changed (ISO 8601 UTC). Absent from programs, which are then not checked. */
export const SEEN_HEADER = 'x-comptoir-seen';
