import { type Rational, multiply, rational, roundToStep } from '#libs/credit';
import type { Aspects, Coefficients } from './coefficients.js';

/** Thousandths of a weighed minute in one hour. */
const UNITS_OF_HOUR = 60_000n;
const UNITS_OF_MINUTE = 1_000n;

/** A completed training of an institution. */
export interface TrainingFact extends Aspects {
  readonly lotId: string;
  /** The day that it counts on, `yyyy-mm-dd`. */
  readonly day: string;
  /** Null: nobody stated its hours. */
  readonly minutes: bigint | null;
}

/** One with its coefficient and what comes of it. */
export interface WeighedTraining<Fact extends TrainingFact = TrainingFact> {
  readonly fact: Fact;
  readonly coefficient: Rational;
  /** Thousandths of a minute; null where the hours are unknown. */
  readonly weighed: bigint | null;
}

/** Trainings that are weighed alike. */
export interface WorkloadLine extends Aspects {
  readonly coefficient: Rational;
  readonly count: number;
  readonly minutes: bigint;
  readonly weighed: bigint;
}

export interface WorkloadTotal {
  readonly count: number;
  readonly minutes: bigint;
  readonly weighed: bigint;
}

/** Weighs trainings, in their order. The only place where something is rounded: half up, each once. */
export function weigh<Fact extends TrainingFact>(
  facts: readonly Fact[],
  coefficients: Coefficients,
): WeighedTraining<Fact>[] {
  return facts.map((fact) => {
    const coefficient = coefficients.of(fact, fact.day);
    const { minutes } = fact;
    const exact =
      minutes === null ? null : multiply(rational(minutes * UNITS_OF_MINUTE), coefficient);
    return { fact, coefficient, weighed: exact && roundToStep(exact, 1n, 'half-up') };
  });
}

/** Lines of the trainings whose hours are known, in the order of their words and coefficients. */
export function linesOf(weighed: readonly WeighedTraining[]): WorkloadLine[] {
  const lines = new Map<string, WorkloadLine>();
  for (const { fact, coefficient, weighed: units } of weighed) {
    if (units === null || fact.minutes === null) continue;
    const { kind, level, mode } = fact;
    const key = [kind, level, mode, formatDecimal(coefficient, 12)].join('|');
    const line = lines.get(key);
    lines.set(key, {
      kind,
      level,
      mode,
      coefficient,
      count: (line?.count ?? 0) + 1,
      minutes: (line?.minutes ?? 0n) + fact.minutes,
      weighed: (line?.weighed ?? 0n) + units,
    });
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

export function totalOf(lines: readonly Omit<WorkloadTotal, never>[]): WorkloadTotal {
  return lines.reduce(
    (sum, { count, minutes, weighed }) => ({
      count: sum.count + count,
      minutes: sum.minutes + minutes,
      weighed: sum.weighed + weighed,
    }),
    { count: 0, minutes: 0n, weighed: 0n },
  );
}

/** Weighed thousandths of a minute as full-time equivalents; null where the hours of one are unknown. */
export function fteOf(weighed: bigint, hoursPerFte: Rational | null): Rational | null {
  if (hoursPerFte === null || hoursPerFte.num <= 0n) return null;
  return multiply(rational(weighed, UNITS_OF_HOUR), rational(hoursPerFte.den, hoursPerFte.num));
}

/** Hours of so many weighed thousandths of a minute: the workload units. */
export function unitsOf(weighed: bigint): Rational {
  return rational(weighed, UNITS_OF_HOUR);
}

/** A fraction as a decimal of at most so many places, rounded half up in size, without idle zeros. */
export function formatDecimal(value: Rational, places: number): string {
  const isNegative = value.num < 0n;
  const size = isNegative ? rational(-value.num, value.den) : value;
  const scale = 10n ** BigInt(places);
  const steps = roundToStep(multiply(size, rational(scale)), 1n, 'half-up');
  const digits = steps.toString().padStart(places + 1, '0');
  const whole = places === 0 ? digits : digits.slice(0, -places);
  const fraction = places === 0 ? '' : digits.slice(-places).replace(/0+$/, '');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return isNegative && steps > 0n ? `-${text}` : text;
}
