import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A network, `10.0.0.0/8`, as {@link parseNetwork} reads it. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** IPv6 prefixes under which an IPv4 address lies in the last bytes or somewhere else. */
const CARRIES_IPV4: readonly Network[] = [
  // NAT64, well-known and local use; 6to4; Teredo; addresses of ISATAP have no prefix of their own.
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 32],
  ['::', 96],
  ['::ffff:0:0', 96],
  ['::ffff:0:0:0', 96],
].map(([prefix, bits]) => [ipaddr.parse(prefix as string), bits as number]);

/** Reads a network; undefined when it is none. A lone address is a network of one. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', bits, ...rest] = text.split('/');
  if (isIP(address) === 0 || rest.length > 0) return undefined;
  const parsed = ipaddr.parse(address);
  const most = parsed.kind() === 'ipv4' ? 32 : 128;
  if (bits === undefined) return [parsed, most];
  const length = Number(bits);
  return /^\d{1,3}$/.test(bits) && length <= most ? [parsed, length] : undefined;
}

/**
 * Whether an address is one of the public Internet. Everything else is refused: loopback, private,
 * link-local (and with it the metadata service of clouds), carrier NAT, multicast, reserved,
 * documentation, and every IPv6 form that only carries an IPv4 address.
 */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0) return false;
  const address = ipaddr.parse(text.replace(/%.*$/, ''));
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || !CARRIES_IPV4.some((network) => isWithin(address, network));
}

/** Whether an address lies in one of the networks. */
export function isInNetworks(text: string, networks: readonly Network[]): boolean {
  if (isIP(text) === 0) return false;
  const address = ipaddr.parse(text.replace(/%.*$/, ''));
  return networks.some((network) => isWithin(address, network));
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, [base, bits]: Network): boolean {
  return address.kind() === base.kind() && address.match(base, bits);
}
