import {
  type Rational,
  compare,
  multiply,
  parseDecimal,
  rational,
  roundToStep,
} from '#libs/credit';
import type { Text } from '#libs/problems';
import type { Condition, Standard } from './standards.js';

/** A figure as a school stated it; the newest about a day counts. */
export interface Stated {
  readonly code: string;
  /** A decimal string. */
  readonly value: string;
  /** The day that it is about, `yyyy-mm-dd`. */
  readonly on: string;
  readonly source: string;
}

export type ConditionState = 'met' | 'short' | 'not-stated';

/** One condition of a school against its standard. */
export interface AssessedCondition {
  readonly code: string;
  readonly title: Text;
  readonly unit: Text;
  /** Cut to two decimals so that it shows as met only when it is; null when it was not stated. */
  readonly value: string | null;
  readonly bound: Condition['bound'];
  /** What the standard asks for. */
  readonly required: string;
  readonly state: ConditionState;
  /** The oldest day of the figures that it is counted from. */
  readonly on: string | null;
}

const DECIMALS = 2;

/** Everything that a standard asks for, against what a school stated. */
export function assess(standard: Standard, stated: readonly Stated[]): AssessedCondition[] {
  const byCode = new Map(stated.map((one) => [one.code, one]));
  return standard.conditions.map((condition) => assessOne(condition, byCode));
}

function assessOne(condition: Condition, stated: ReadonlyMap<string, Stated>): AssessedCondition {
  const { code, title, unit, bound, value: required } = condition;
  const used = [condition.of, ...(condition.per === null ? [] : [condition.per])].map((name) =>
    stated.get(name),
  );
  const told = used.filter((one) => one !== undefined);
  const value = told.length === used.length ? valueOf(condition, told) : null;
  const limit = parseDecimal(required);
  const isMet =
    value !== null &&
    limit !== undefined &&
    (bound === 'at-least' ? compare(value, limit) >= 0 : compare(value, limit) <= 0);
  return {
    code,
    title,
    unit,
    bound,
    required,
    value: value && shown(value, bound),
    state: value === null ? 'not-stated' : isMet ? 'met' : 'short',
    on: value === null ? null : (told.map(({ on }) => on).sort()[0] ?? null),
  };
}

/** Null where it would be divided by nobody. */
function valueOf({ factor }: Condition, [of, per]: readonly Stated[]): Rational | null {
  const value = of && parseDecimal(of.value);
  if (!value) return null;
  const whole = multiply(value, rational(BigInt(factor)));
  if (!per) return whole;
  const divisor = parseDecimal(per.value);
  return divisor && divisor.num > 0n ? multiply(whole, rational(divisor.den, divisor.num)) : null;
}

function shown(value: Rational, bound: Condition['bound']): string {
  const scale = 10n ** BigInt(DECIMALS);
  const mode = bound === 'at-least' ? 'down' : 'up';
  const steps = roundToStep(multiply(value, rational(scale)), 1n, mode);
  const text = steps.toString().padStart(DECIMALS + 1, '0');
  return `${text.slice(0, -DECIMALS)}.${text.slice(-DECIMALS)}`.replace(/\.?0+$/, '');
}

/** How many conditions are in each state. */
export function countStates(
  conditions: readonly Pick<AssessedCondition, 'state'>[],
): Readonly<Record<'met' | 'short' | 'notStated', number>> {
  const count = (wanted: ConditionState): number =>
    conditions.filter(({ state }) => state === wanted).length;
  return { met: count('met'), short: count('short'), notStated: count('not-stated') };
}
