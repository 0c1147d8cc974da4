/**
 * Why a request came to nothing: words for staff, and what was wrong with which field. `status` 0:
 * no answer at all.
 */
export interface Problem {
  status: number;
  message: string;
  fields: Readonly<Record<string, string>>;
}

interface FieldError {
  path?: unknown;
  message?: unknown;
}
const isFieldError = (value: unknown): value is FieldError =>
  typeof value === 'object' && value !== null;

/** `details.errors` of Strapi's error shape as one message a field: the first. */
export function fieldsOf(details: unknown): Record<string, string> {
  const errors: unknown = isFieldError(details) && 'errors' in details ? details.errors : [];
  const fields: Record<string, string> = {};
  for (const error of Array.isArray(errors) ? errors : []) {
    if (!isFieldError(error) || typeof error.message !== 'string') continue;
    const path = Array.isArray(error.path) ? error.path.join('.') : String(error.path ?? '');
    fields[path] ??= error.message;
  }
  return fields;
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  0: 'La boutique ne répond pas. Vérifiez la connexion, puis réessayez.',
  401: 'Votre session est terminée. Reconnectez-vous, puis réessayez.',
  403: 'Votre rôle ne le permet pas. Demandez au gérant.',
};
/**
 * Messages about input start with the field's name in code (`value : entre…`). Staff read the rest,
 * which stands beside the field.
 */
const FIELD_NAME = /(^|; )(?:[a-z][\w.]*|requête) : /gi;
function withoutFieldNames(message: string): string {
  const text = message.replace(FIELD_NAME, '$1');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const SERVER_FAILED = 'La boutique n’a pas pu le faire. Réessayez dans un instant.';

/**
 * The problem in French: the server's own message where it has one for staff, this page's where
 * Strapi answers in English.
 */
export function problemOf(
  answer: { status: number; message: string; details?: unknown } | null,
): Problem {
  const status = answer?.status ?? 0;
  const message =
    STATUS_WORDS[status] ??
    (answer === null || status >= 500 ? SERVER_FAILED : withoutFieldNames(answer.message));
  return { status, message, fields: fieldsOf(answer?.details) };
}
