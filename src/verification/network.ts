import { isIPv4, isIPv6 } from 'node:net';

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

/**
 * Under what failures are counted together: the address, or the /64 of an IPv6 address, because one
 * household has 2^64 of those.
 */
export function callerKeyOf(address: string): string {
  return isIPv6(address) && !address.includes('.')
    ? groupsOf(address.toLowerCase()).slice(0, 4).join(':')
    : address;
}

/** The eight groups of an IPv6 address without leading zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ''));
}
