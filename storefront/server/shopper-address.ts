import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';

const near = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  near.addSubnet(network, bits, 'ipv4');
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
const isNear = (address: string): boolean =>
  isIP(address) !== 0 && near.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/**
 * The shopper's address: who is connected, unless that is a proxy next to us; then the last address it wrote.
 * Earlier entries of X-Forwarded-For are the client's own claims.
 */
export function shopperAddress(peer: string | undefined, headers: IncomingHttpHeaders): string {
  const connected = plain(peer ?? '');
  const forwarded = plain(
    [headers['x-forwarded-for'] ?? ''].flat().join(',').split(',').at(-1)?.trim() ?? '',
  );
  return isNear(connected) && isIP(forwarded) !== 0 ? forwarded : connected;
}
