import { isIPv4, isIPv6 } from 'node:net';
import { groupsOf } from '../limits/address.js';

/**
 * What is kept of an address: `loopback`, `private`, or its network (IPv4 /16, IPv6 /32). Enough
 * for a learner to see that a look came from somewhere else, too little to find a person.
 */
export function networkOf(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (isIPv4(plain)) return networkOfV4(plain);
  if (isIPv6(plain)) return networkOfV6(plain);
  return 'unknown';
}

function networkOfV4(address: string): string {
  const [a = 0, b = 0] = address.split('.').map(Number);
  if (a === 127) return 'loopback';
  const isPrivate =
    a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || a === 169;
  return isPrivate ? 'private' : `${a}.${b}.0.0/16`;
}

function networkOfV6(address: string): string {
  const [first = '', second = '', ...rest] = groupsOf(address);
  if ([first, second, ...rest].join(':') === '0:0:0:0:0:0:0:1') return 'loopback';
  return /^f[cd]|^fe[89ab]/.test(first) ? 'private' : `${first}:${second}::/32`;
}
