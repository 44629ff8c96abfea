import { compare, parseDecimal, type Rational } from '#libs/credit';
import type { Has } from '../clauses/has.js';
import type { Scales } from '../learner/scales.js';
import { parseShare } from '../share.js';
import { each, type LocalFinding } from './finding.js';
import { lotsOfRulebook } from './walk.js';

/** An interval that a clause asks for: at least the one end, below or at most the other. */
interface Interval {
  readonly what: string;
  readonly path: string;
  readonly least: { readonly text: string; readonly value: Rational | undefined } | null;
  readonly end: { readonly text: string; readonly value: Rational | undefined } | null;
  /** Whether the upper end itself is allowed. */
  readonly isEndIn: boolean;
  /** The lowest value there is; nothing is below it. */
  readonly lowest: Rational | undefined;
}

/** Conditions that nothing meets, and limits that everything meets. */
export const bounds = each(({ rulebook, scales }) =>
  lotsOfRulebook(rulebook).flatMap(({ path, has }) =>
    intervalsOf(has, path, scales).flatMap((interval) => [
      ...unsatisfiable(interval),
      ...alwaysTrue(interval),
    ]),
  ),
);

function unsatisfiable({ what, path, least, end, isEndIn }: Interval): LocalFinding[] {
  if (!least?.value || !end?.value) return [];
  const order = compare(least.value, end.value);
  if (order < 0 || (order === 0 && isEndIn)) return [];
  const params = { what, from: least.text, to: end.text };
  return [{ code: 'lint-unsatisfiable', severity: 'error', path, params }];
}

function alwaysTrue({ what, path, least, end, lowest }: Interval): LocalFinding[] {
  if (!least?.value || !lowest || end || compare(least.value, lowest) > 0) return [];
  const params = { wanted: `${what} >= ${least.text}` };
  return [{ code: 'lint-always-true', severity: 'warning', path, params }];
}

const ZERO: Rational = { num: 0n, den: 1n };

function intervalsOf(has: Has, path: string, scales: Scales): Interval[] {
  const { grade, level, judged, hoursPerCredit, completed } = has;
  const intervals: Interval[] = [];
  const add = (
    what: string,
    { atLeast, below, atMost }: { atLeast?: string; below?: string; atMost?: string },
    read: (text: string) => Rational | undefined,
    lowest: Rational | undefined,
  ): void => {
    const end = below ?? atMost;
    intervals.push({
      what,
      path: `${path}/${what}`,
      least: atLeast === undefined ? null : { text: atLeast, value: read(atLeast) },
      end: end === undefined ? null : { text: end, value: read(end) },
      isEndIn: below === undefined,
      lowest,
    });
  };
  if (grade && 'scale' in grade) add('grade', given(grade), ...onScale(grade.scale, scales));
  if (level) {
    add('level', given(level), ...onScale(level.scale, scales));
    const { exactly } = level;
    if (exactly !== null) {
      const exact = { ...given(level), atLeast: level.atLeast ?? undefined, atMost: exactly };
      const [read] = onScale(level.scale, scales);
      if (level.atLeast !== null) add('level', { ...exact, below: undefined }, read, undefined);
      if (level.below !== null) {
        add('level', { atLeast: exactly, below: level.below }, read, undefined);
      }
    }
  }
  if (judged) add('judged', judged, parseShare, ZERO);
  if (hoursPerCredit) add('hoursPerCredit', hoursPerCredit, parseDecimal, undefined);
  for (const what of ['hours', 'credits', 'attendance'] as const) {
    const limit = has[what];
    if (limit) add(what, limit, parseDecimal, ZERO);
  }
  if (completed) {
    const { onOrAfter, before } = completed;
    const span = { atLeast: onOrAfter ?? undefined, below: before ?? undefined };
    add('completed', span, readDay, undefined);
  }
  return intervals;
}

function given({ atLeast, below }: { atLeast: string | null; below: string | null }): {
  atLeast?: string;
  below?: string;
} {
  return { ...(atLeast !== null && { atLeast }), ...(below !== null && { below }) };
}

function onScale(
  name: string,
  scales: Scales,
): [(text: string) => Rational | undefined, Rational | undefined] {
  return [(text) => scales.rank(name, text), scales.lowest(name)];
}

/** Days in the order of the calendar, as numbers. */
function readDay(day: string): Rational | undefined {
  return parseDecimal(day.replaceAll('-', ''));
}
