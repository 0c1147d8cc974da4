import type { IncomingMessage } from 'node:http';

/** Largest form in bytes; a full cart needs a tenth. */
export const MAX_FORM = 64 * 1024;
export type FormResult = { ok: true; form: URLSearchParams } | { ok: false; status: 413 | 415 };

/** Reads a form body of at most {@link MAX_FORM} bytes. Only `application/x-www-form-urlencoded`: our forms carry no files. */
export async function readForm(request: IncomingMessage): Promise<FormResult> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return { ok: false, status: 415 };
  if (Number(request.headers['content-length'] ?? 0) > MAX_FORM) return { ok: false, status: 413 };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_FORM) return { ok: false, status: 413 };
    chunks.push(bytes);
  }
  return { ok: true, form: new URLSearchParams(Buffer.concat(chunks).toString('utf8')) };
}

/** Cookies of a request by name; of two with one name the first, which browsers send for the closest path. */
export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, part.slice(at + 1).trim());
  }
  return cookies;
}
