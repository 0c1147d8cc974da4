import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Locale, localeSchema } from '@comptoir/contracts';

/** How long a preview link works, in seconds. */
export const PREVIEW_LIFETIME = 3600;

const claimsSchema = z.object({
  d: z.string().min(1).max(64),
  l: localeSchema,
  e: z.int().positive(),
});
/** What a preview link opens: one document in one language, until an instant. */
interface PreviewClaims {
  documentId: string;
  locale: Locale;
  expiresAt: Date;
}
type PreviewVerdict =
  { ok: true; claims: PreviewClaims } | { ok: false; reason: 'forged' | 'expired' };

const sign = (payload: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(`apercu.${payload}`).digest();

/**
 * Makes the token of a preview link: `payload.signature`, both base64url, HMAC-SHA256. `expiresAt`
 * is cut to seconds.
 */
export function signPreview(
  { documentId, locale, expiresAt }: PreviewClaims,
  secret: string,
): string {
  if (secret === '') throw new Error('PREVIEW_SECRET is empty: a preview link would be forgeable');
  const claims = { d: documentId, l: locale, e: Math.floor(expiresAt.getTime() / 1000) };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${payload}.${sign(payload, secret).toString('base64url')}`;
}

function readClaims(payload: string): PreviewClaims | null {
  try {
    const { d, l, e } = claimsSchema.parse(
      JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')),
    );
    return { documentId: d, locale: l, expiresAt: new Date(e * 1000) };
  } catch {
    return null;
  }
}

/**
 * Checks the signature in constant time before reading the claims. Only a token with a valid
 * signature is called expired.
 */
export function verifyPreview(token: string, secret: string, now: Date): PreviewVerdict {
  const [payload = '', signature = '', ...rest] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const expected = sign(payload, secret);
  // Re-encoding refuses other spellings of the same signature (stray bits, padding, other
  // alphabets).
  const canonical = given.toString('base64url') === signature;
  if (
    secret === '' ||
    rest.length > 0 ||
    !canonical ||
    given.length !== expected.length ||
    !timingSafeEqual(given, expected)
  )
    return { ok: false, reason: 'forged' };
  const claims = readClaims(payload);
  if (!claims) return { ok: false, reason: 'forged' };
  return claims.expiresAt.getTime() <= now.getTime()
    ? { ok: false, reason: 'expired' }
    : { ok: true, claims };
}
