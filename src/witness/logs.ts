import type { VerifierKey } from '#libs/merkle';
import type { WatchedLog } from './witness.js';

/** The logs of a bank, from the address of the service or of its log. */
export function logsAt(url: string, key: VerifierKey): WatchedLog[] {
  const base = url.replace(/\/+$/, '');
  const log = new URL(base).pathname === '/' ? `${base}/v1/log` : base;
  return [{ key, url: log, cosignatures: `${log}/cosignatures` }];
}
