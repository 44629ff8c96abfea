import { isIP } from 'node:net';
import { type Network, isInNetworks, isPublicAddress } from './address.js';

/** What this service may call, besides servers of the Internet by HTTPS. */
export interface OutboundSettings {
  readonly ports: readonly number[];
  /** Inner networks that the operator opened, also for plain HTTP and for every port. */
  readonly networks: readonly Network[];
}

/** Why an address is not called. Closed: shown to those who registered it. */
export type TargetFault =
  'not-an-address' | 'not-https' | 'has-credentials' | 'port-not-allowed' | 'host-not-allowed';

export interface Target {
  readonly url: URL;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
}

const MOST_CHARACTERS = 2_000;
/** Names that never belong to the public Internet, whatever a resolver says. */
const INNER_NAMES =
  /(^|\.)(localhost|local|internal|intranet|lan|home|corp|arpa|test|invalid|onion)$/;

/**
 * Reads an address that somebody else chose. Literal addresses in every spelling come out of `URL` in
 * their plain form (`2130706433`, `0x7f.1` and `0177.0.0.1` are `127.0.0.1`) and are judged here;
 * what a name leads to is judged each time it is called.
 */
export function parseTarget(text: string, settings: OutboundSettings): Target | TargetFault {
  if (text.length > MOST_CHARACTERS || !URL.canParse(text)) return 'not-an-address';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'not-https';
  if (url.username !== '' || url.password !== '') return 'has-credentials';
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const isLiteral = isIP(host) > 0;
  const isOpened = isLiteral && isInNetworks(host, settings.networks);
  if (isLiteral ? !isOpened && !isPublicAddress(host) : !isPublicName(host)) {
    return 'host-not-allowed';
  }
  if (isOpened) return { url, host, port };
  if (url.protocol !== 'https:') return 'not-https';
  return settings.ports.includes(port) ? { url, host, port } : 'port-not-allowed';
}

function isPublicName(host: string): boolean {
  return host.includes('.') && !INNER_NAMES.test(host.toLowerCase());
}
