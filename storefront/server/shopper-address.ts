import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';

const privateNetworks = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateNetworks.addSubnet(network, bits, 'ipv4');
privateNetworks.addAddress('::1', 'ipv6');
privateNetworks.addSubnet('fc00::', 7, 'ipv6');

/** `::ffff:10.0.0.2` is the IPv4 address 10.0.0.2 on a socket that takes both kinds. */
const asIpv4 = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
const isPrivate = (address: string): boolean =>
  isIP(address) !== 0 && privateNetworks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/**
 * The shopper's address: that of the connection, unless a proxy in a private network made it; then
 * the last address that the proxy wrote. Earlier entries of X-Forwarded-For are claims of the
 * client.
 */
export function shopperAddress(peer: string | undefined, headers: IncomingHttpHeaders): string {
  const connected = asIpv4(peer ?? '');
  const forwarded = asIpv4(
    [headers['x-forwarded-for'] ?? ''].flat().join(',').split(',').at(-1)?.trim() ?? '',
  );
  return isPrivate(connected) && isIP(forwarded) !== 0 ? forwarded : connected;
}
