import { isIPv6 } from 'node:net';

/**
 * Under what requests of an address are counted together: the address, or the /64 of an IPv6
 * address, because one household has 2^64 of those.
 */
export function callerOfAddress(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  return isIPv6(plain) && !plain.includes('.') ? groupsOf(plain).slice(0, 4).join(':') : plain;
}

/** The eight groups of an IPv6 address without leading zeros. */
export function groupsOf(address: string): string[] {
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ''));
}
