import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds a signed address is believed, before and after its time: clocks differ a little. */
const BELIEVED = 60;
const ADDRESS = /^[0-9a-fA-F.:]{2,45}$/;

const sign = (claim: string, secret: string): string =>
  createHmac('sha256', secret).update(claim).digest('base64url');

/**
 * What the storefront says of a shopper's address; see CLIENT_ADDRESS_HEADER of the contracts.
 * @throws Error without a secret
 */
export function signClientAddress(address: string, at: Date, secret: string): string {
  if (secret === '')
    throw new Error('CLIENT_ADDRESS_SECRET is empty: anyone could claim any address');
  const claim = `${address};${Math.floor(at.getTime() / 1000)}`;
  return `${claim};${sign(claim, secret)}`;
}

/**
 * `clock`: signed with our secret, but `seconds` away from now (more than 0 = in the past).
 * `signature`: anything else that is not to be believed.
 */
export type ClientClaim =
  | { kind: 'none' }
  | { kind: 'believed'; address: string }
  | { kind: 'refused'; why: 'signature' }
  | { kind: 'refused'; why: 'clock'; seconds: number };

/**
 * What a header claims: it is believed when it is whole, fresh and signed with `secret`. Blank
 * counts as none.
 */
export function readClientAddress(
  header: string | undefined,
  secret: string,
  now: Date,
): ClientClaim {
  if (header === undefined || header === '') return { kind: 'none' };
  const [address = '', at = '', signature = '', ...rest] = header.split(';');
  if (secret === '' || rest.length > 0 || !ADDRESS.test(address) || !/^\d{1,12}$/.test(at))
    return { kind: 'refused', why: 'signature' };
  const [expected, given] = [Buffer.from(sign(`${address};${at}`, secret)), Buffer.from(signature)];
  if (expected.length !== given.length || !timingSafeEqual(expected, given))
    return { kind: 'refused', why: 'signature' };
  const seconds = now.getTime() / 1000 - Number(at);
  return Math.abs(seconds) <= BELIEVED
    ? { kind: 'believed', address }
    : { kind: 'refused', why: 'clock', seconds: Math.round(seconds) };
}

/**
 * The client that an address counts as: an IPv6 network is one, however many addresses it takes.
 */
export function clientOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head.split(':').filter((part) => part !== '');
  const right = (tail ?? '').split(':').filter((part) => part !== '');
  const zeros =
    tail === undefined
      ? []
      : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':');
}
