import { formatCredits } from '#libs/credit';
import type { Cap } from './document/rulebook.js';

/** A count of a cap as people write it: credits with decimals, or a plain number. */
export function formatLimit(counts: Cap['counts'], value: bigint): string {
  return counts === 'credits' ? formatCredits(value) : String(value);
}
