import { parseCredits } from '#libs/credit';

/** An amount of an earlier decision; one that cannot be read counts nothing. */
export function readCredits(text: string): bigint {
  const parsed = parseCredits(text);
  return parsed.ok ? parsed.amount : 0n;
}
