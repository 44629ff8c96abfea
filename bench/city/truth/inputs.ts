import type { Span } from '../calendar.js';
import type { Stated } from '../statements.js';
import { type Fraction, add, fraction, parse } from './fraction.js';

/** What counts as long as nobody laid down anything else. */
const STANDARD: Readonly<Record<string, string>> = {
  'coefficient-full-time': '1',
  'coefficient-masters': '1.5',
  'coefficient-overseas': '3',
  'coefficient-evening': '0.3',
  'coefficient-correspondence': '0.1',
  'hours-per-fte': '900',
};

/**
 * A figure from outside for the whole district: of each who states it the newest up to the end of the
 * span, added up; the number of graduates only when it is about the span itself. Null: nobody said.
 */
export function inputOf(stated: readonly Stated[], code: string, span: Span): Fraction | null {
  const newest = new Map<string, Stated>();
  for (const one of stated) {
    const isOld = code === 'secondary-graduates' && one.on < span.from;
    if (one.code !== code || one.on > span.to || isOld) continue;
    const key = one.institution ?? '';
    const before = newest.get(key);
    if (!before || one.on >= before.on) newest.set(key, one);
  }
  if (newest.size > 0) {
    return [...newest.values()].reduce((sum, { value }) => add(sum, parse(value)), fraction(0n));
  }
  const standard = STANDARD[code];
  return standard === undefined ? null : parse(standard);
}
