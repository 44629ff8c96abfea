import ipaddr from 'ipaddr.js';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/**
 * An address or a network as CIDR, written in the one way that is stored: `10.1.0.0/16`; undefined
 * when the text is neither. IPv4 is taken in four decimal parts only.
 */
export function networkText(text: string): string | undefined {
  const range = rangeOf(text);
  if (!range) return undefined;
  const [address, length] = range;
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${address.toString()}/${length}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${length}`);
  return `${network.toString()}/${length}`;
}

/** Whether an address lies in one of the networks. An IPv4 address inside IPv6 is its IPv4 address. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const own = ipaddr.process(address);
  return networks.some((text) => {
    const range = rangeOf(text);
    return range !== undefined && range[0].kind() === own.kind() && own.match(range);
  });
}

function rangeOf(text: string): Range | undefined {
  if (!/^[\d.]+(\/\d+)?$|^[\da-f:.]+(\/\d+)?$/i.test(text)) return undefined;
  if (ipaddr.isValidCIDR(text)) return isPlain(text) ? ipaddr.parseCIDR(text) : undefined;
  if (!ipaddr.isValid(text) || !isPlain(text)) return undefined;
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** `10.1` and `0x7f.1` are addresses to some programs and none to people. */
function isPlain(text: string): boolean {
  const address = text.split('/')[0] ?? '';
  return address.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(address);
}
