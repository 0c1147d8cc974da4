import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';
/** One body in every form it is sent in. A form that does not pay is absent. */
export interface Encoded {
  identity: Buffer;
  br?: Buffer;
  gzip?: Buffer;
}

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const WORTH_COMPRESSING = 600;

/** Compresses once, for every later answer. @param quality Brotli's, 0 to 11. */
export async function encodeBody(identity: Buffer, quality = 5): Promise<Encoded> {
  if (identity.length < WORTH_COMPRESSING) return { identity };
  const [br, gzipped] = await Promise.all([
    brotli(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
    zip(identity),
  ]);
  return { identity, br, gzip: gzipped };
}

function weights(header: string): Map<string, number> {
  return new Map(
    header
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', ...parameters] = part.trim().split(';');
        const q = parameters
          .map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1])
          .find((value) => value !== undefined);
        return [name.trim(), q === undefined ? 1 : Number(q)] as const;
      }),
  );
}

/** The smallest form that the client accepts; `identity` when it asks for none. */
export function negotiate(accept: string | undefined, body: Encoded): Encoding {
  const accepted = weights(accept ?? '');
  const allows = (name: string): boolean => (accepted.get(name) ?? accepted.get('*') ?? 0) > 0;
  if (body.br && allows('br')) return 'br';
  return body.gzip && allows('gzip') ? 'gzip' : 'identity';
}

/** True when one of the client's tags is ours: nothing to send. Weak comparison, as RFC 9110 asks of If-None-Match. */
export function matchesTag(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  return (
    header.trim() === '*' ||
    header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
  );
}
