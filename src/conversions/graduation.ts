import { refusal } from '../platform/http/index.js';

/** Nobody plans further ahead; what is further is a slip of the pen. */
const MOST_YEARS_AHEAD = 20;

/**
 * Refuses with `graduation-outside` a month that is over on the day the rules are read for, or too far
 * ahead.
 *
 * @param graduates `yyyy-mm`, when it is stated
 * @param on `yyyy-mm-dd`
 */
export function requireGraduation(graduates: string | null | undefined, on: string): void {
  if (graduates === null || graduates === undefined) return;
  const first = on.slice(0, 7);
  const last = `${Number(on.slice(0, 4)) + MOST_YEARS_AHEAD}${on.slice(4, 7)}`;
  if (graduates < first || graduates > last) throw refusal('graduation-outside', { first, last });
}
