import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';

export type Encoding = 'br' | 'gzip' | 'identity';

/**
 * One body in every form it is sent in. A form that saves too little, or is not made yet, is
 * absent.
 */
export interface Encoded {
  identity: Buffer;
  br?: Buffer;
  gzip?: Buffer;
}

/** Bodies below so many bytes stay as they are: they fit into one packet either way. */
export const WORTH_COMPRESSING = 1024;

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/** Compresses a body once, for every later answer. @param quality Brotli's, 0 to 11. */
export async function encodeBody(identity: Buffer, quality = 5): Promise<Encoded> {
  if (identity.length < WORTH_COMPRESSING) return { identity };
  const [br, gzipped] = await Promise.all([
    brotliAsync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
    gzipAsync(identity),
  ]);
  return { identity, br, gzip: gzipped };
}

/** A weight as RFC 9110 §12.4.2 writes it: 0 to 1. */
const WEIGHT = /^(?:0(?:\.\d*)?|1(?:\.0*)?)$/;

/** The weight of one part of Accept-Encoding: 1 when none is given, 0 when it cannot be read. */
function weightIn(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  if (given === undefined) return 1;
  return WEIGHT.test(given) ? Number(given) : 0;
}

interface Weights {
  br: number;
  gzip: number;
  identity: number;
}

function readWeights(header: string): Weights {
  const given = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((text) => text.trim());
    given.set(coding, weightIn(parameters));
  }
  const others = given.get('*') ?? 0;
  return {
    br: given.get('br') ?? others,
    gzip: given.get('gzip') ?? others,
    identity: given.get('identity') ?? 0,
  };
}

/** Browsers send a handful of different headers, so nearly every one is read once. */
const known = new LRUCache<string, Weights>({ max: 100 });
/**
 * Longer headers are no browser's; they are read each time, so that they cannot fill the memory.
 */
const LONGEST_KNOWN = 200;

function weightsOf(header: string): Weights {
  const found = known.get(header);
  if (found) return found;
  const weights = readWeights(header);
  if (header.length <= LONGEST_KNOWN) known.set(header, weights);
  return weights;
}

/**
 * The form that a client likes best, as its Accept-Encoding weighs them (RFC 9110 §12.5.3): of
 * equals the smallest. A client that asks for no form gets `identity`, and so does one that refuses
 * every form: a plain body helps it more than an error.
 */
export function negotiateEncoding(accept: string | undefined, body: Encoded): Encoding {
  if (!accept) return 'identity';
  const { identity, ...weights } = weightsOf(accept);
  const br = body.br ? weights.br : 0;
  const gzipped = body.gzip ? weights.gzip : 0;
  if (br > 0 && br >= gzipped && br >= identity) return 'br';
  return gzipped > 0 && gzipped >= identity ? 'gzip' : 'identity';
}
