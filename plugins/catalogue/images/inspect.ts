import sharp, { type Metadata } from 'sharp';

import { MAX_PIXELS, openPicture } from './renditions.ts';

/** Largest file accepted, in bytes. */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024;
/** Media types accepted, with the endings each may have. */
const PICTURE_TYPES: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg', '.jfif'],
  'image/webp': ['.webp'],
  'image/avif': ['.avif'],
};

/** The name and media type a sender gives a file. Empty strings = not given. */
export interface Claim {
  name: string;
  type: string;
}

/** A picture that may be stored, or the reason why not, in the merchant's words. */
export type Inspection = { ok: true; type: string } | { ok: false; reason: string };

const refused = (reason: string): Inspection => ({ ok: false, reason });
const ascii = (bytes: Buffer, from: number, to: number): string =>
  bytes.subarray(from, to).toString('latin1');

/**
 * Media type by the first bytes, whatever name and sender say; null for anything but the four
 * raster types.
 */
function sniff(bytes: Buffer): string | null {
  if (bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'image/png';
  if (bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'image/jpeg';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp';
  if (ascii(bytes, 4, 8) === 'ftyp' && /^avi[fs]/.test(ascii(bytes, 8, 12))) return 'image/avif';
  return null;
}

const looksLikeSvg = (bytes: Buffer): boolean =>
  /<svg[\s>]|<\?xml|<!doctype/i.test(ascii(bytes, 0, 1024).replaceAll('\0', ''));

function disagreement({ name, type }: Claim, real: string): string | null {
  const label = real.slice('image/'.length).toUpperCase();
  const ending = /\.[^.]+$/.exec(name)?.[0].toLowerCase();
  if (ending !== undefined && !(PICTURE_TYPES[real] ?? []).includes(ending)) {
    return `son nom finit par « ${ending} » mais son contenu est une image ${label}. Renommez-le ou exportez-le à nouveau.`;
  }
  const said = type === 'image/jpg' ? 'image/jpeg' : type;
  if (said !== '' && said !== 'application/octet-stream' && said !== real) {
    return `il est annoncé comme « ${type} » mais son contenu est une image ${label}. Exportez-le à nouveau.`;
  }
  return null;
}

const damaged = 'l’image est abîmée ou incomplète. Exportez-la à nouveau, puis renvoyez-la.';
const tooManyPixels = `l’image a trop de pixels (au plus ${MAX_PIXELS / 1e6} millions). Réduisez-la, par exemple à 3000 pixels de large.`;

/** The header is read first: a small file that would unfold into gigabytes is never decoded. */
async function decodes(bytes: Buffer): Promise<string | null> {
  let header: Metadata;
  try {
    header = await sharp(bytes, { limitInputPixels: false, failOn: 'error' }).metadata();
  } catch {
    return damaged;
  }
  if (header.width * header.height * (header.pages ?? 1) > MAX_PIXELS) return tooManyPixels;
  try {
    await openPicture(bytes).stats();
    return null;
  } catch {
    return damaged;
  }
}

/** Why a file is no picture at all, judged by its first kilobyte; null when it may be one. */
export function refusedType(head: Buffer): string | null {
  if (head.length === 0) return 'le fichier est vide.';
  if (sniff(head) !== null) return null;
  if (looksLikeSvg(head))
    return 'les fichiers SVG ne sont pas acceptés (ils peuvent contenir du code). Exportez l’image en PNG.';
  return 'ce n’est pas une image PNG, JPEG, WebP ou AVIF.';
}

/**
 * Decides whether a file may enter the media library: one of four raster types by content, as its
 * name and sender say, of bearable size, and decodable to its last pixel. Never throws for a bad
 * file.
 */
export async function inspectPicture(bytes: Buffer, claim: Claim): Promise<Inspection> {
  if (bytes.length > MAX_PICTURE_BYTES)
    return refused(`le fichier dépasse ${MAX_PICTURE_BYTES / 1024 / 1024} Mo. Réduisez l’image.`);
  const type = sniff(bytes);
  if (type === null) return refused(refusedType(bytes) ?? 'ce n’est pas une image.');
  const problem = disagreement(claim, type) ?? (await decodes(bytes));
  return problem === null ? { ok: true, type } : refused(problem);
}
