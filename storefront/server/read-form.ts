import type { IncomingMessage } from 'node:http';

/** Largest form in bytes; a full cart needs a tenth. */
export const MAX_FORM = 64 * 1024;
export type FormResult = { ok: true; form: URLSearchParams } | { ok: false; status: 413 | 415 };

/**
 * Reads a form body of at most {@link MAX_FORM} bytes. Only `application/x-www-form-urlencoded`:
 * our forms carry no files.
 */
export async function readForm(request: IncomingMessage): Promise<FormResult> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded')
    return { ok: false, status: 415 };
  if (Number(request.headers['content-length'] ?? 0) > MAX_FORM) return { ok: false, status: 413 };
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early would destroy the stream and its connection, so the client would never
  // get the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_FORM) return { ok: false, status: 413 };
    chunks.push(bytes);
  }
  return { ok: true, form: new URLSearchParams(Buffer.concat(chunks).toString('utf8')) };
}
