import assert from 'node:assert';
import { parseCredits } from '#libs/credit';

/** An amount that the rules wrote, in thousandths of a credit. */
export function millicreditsOf(text: string): bigint {
  const parsed = parseCredits(text);
  assert(parsed.ok, 'a decision writes amounts that can be read');
  return parsed.amount;
}
