import type { VerifierKey } from '#libs/merkle';
import { sealsKey } from '#libs/proofs';
import type { WatchedLog } from './witness.js';

/**
 * The logs of a bank, from the address of the service or of its log: the one of entries, and the one
 * of seals, which has the same key under a name of its own.
 */
export function logsAt(url: string, key: VerifierKey): WatchedLog[] {
  const base = url.replace(/\/+$/, '');
  const log = new URL(base).pathname === '/' ? `${base}/v1/log` : base;
  return [
    { key, url: log, cosignatures: `${log}/cosignatures` },
    { key: sealsKey(key), url: `${log}/seals`, cosignatures: `${log}/seals/cosignatures` },
  ];
}
