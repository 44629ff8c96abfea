import {
  type Rational,
  compare,
  multiply,
  parseDecimal,
  rational,
  roundToStep,
} from '#libs/credit';
import { COUNTERS } from './counters.js';
import type { IndicatorDefinition } from './definitions.js';
import type { Measure } from './facts.js';
import type { ResolvedInput } from './inputs.js';
import type { Period } from './periods.js';
import { type Cell, hiddenCells, isSmall, keysOf } from './suppression.js';

/** What one institution has in one category of a measure. */
export interface Sum {
  readonly category: string;
  readonly count: bigint;
  readonly minutes: bigint;
}

/** What a figure is counted from: of the district or of one institution, in one period. */
export interface FigureSource {
  readonly period: Period;
  /** Sums of the period, or of the day on which a stock is counted. */
  sums(measure: Measure): readonly Sum[];
  /** Null where nobody entered anything. */
  input(code: string): ResolvedInput | null;
  /** Graduations that were recorded after the cohort was frozen. */
  readonly lateGraduates: bigint;
}

/** Why there is no value. */
export type Absence = 'input-missing' | 'nobody-counted';

/** A number that is not one of people: hours, weighted students. */
export interface Amount {
  readonly key: string;
  readonly value: Rational;
}

export interface Figure {
  readonly value: Rational | null;
  readonly absence: Absence | null;
  /** Whether the target is reached, by the exact value; null without a value or a target. */
  readonly met: boolean | null;
  /** Tables of people or person-times; the first has what the value is counted from. */
  readonly tables: readonly Cell[];
  readonly amounts: readonly Amount[];
  /** What is not known, beside the figure. */
  readonly unknown: readonly { readonly key: string; readonly count: bigint }[];
  readonly inputs: readonly ResolvedInput[];
  /** Codes of inputs that nobody entered. */
  readonly missing: readonly string[];
  /** Cells that somebody who knows the value can work out. */
  readonly reveals: readonly string[];
  /** The same in stretches of time that other periods could give away; left out where there are none. */
  readonly stretches?: readonly Figure[];
}

/** What a counter says; what it leaves out is nothing. */
export type Counted = Omit<
  Figure,
  'met' | 'unknown' | 'amounts' | 'inputs' | 'missing' | 'reveals' | 'absence'
> &
  Partial<Figure>;

/** Counts an indicator. Exact: nothing is rounded before it is shown. */
export function figureOf(definition: IndicatorDefinition, source: FigureSource): Figure {
  const counter = COUNTERS[definition.id];
  if (!counter) throw new Error(`nothing counts the indicator ${definition.id}`);
  const counted = counter(source);
  const { value } = counted;
  const target = definition.target && parseDecimal(definition.target.atLeast);
  return {
    absence: value === null ? 'nobody-counted' : null,
    amounts: [],
    unknown: [],
    inputs: [],
    missing: [],
    reveals: [],
    ...counted,
    met: value && target ? compare(value, target) >= 0 : null,
  };
}

/** Whether figures of stretches of time add up to those of the whole: nobody counts once only. */
export function addsUp({ counts }: IndicatorDefinition): boolean {
  return (
    counts.length > 0 &&
    counts.every(({ measure, timing }) => timing === 'flow' && !measure.startsWith('learner-'))
  );
}

/** Numbers of people in a figure, by their cells. */
export function countsIn({ tables, unknown }: Figure): ReadonlyMap<string, bigint> {
  const within = ({ key, count, cells = [] }: Cell): [string, bigint][] => [
    [key, count],
    ...cells.flatMap(within),
  ];
  const beside = unknown.map(({ key, count }): [string, bigint] => [key, count]);
  return new Map([...beside, ...tables.flatMap(within)]);
}

/**
 * Cells that the public is not told, and whether the value itself would tell one. A table with stretches
 * is told as a whole or not at all: which of its cells stood in for a small one would differ from period
 * to period, and what one hides another would tell.
 */
export function hiddenOf(figure: Figure): { cells: ReadonlySet<string>; value: boolean } {
  const { tables, unknown, reveals, stretches } = figure;
  const known = [figure, ...(stretches ?? [])].map(countsIn);
  const isFew = (key: string): boolean => known.some((counts) => isSmall(counts.get(key) ?? 0n));
  const hiddenIn = (table: Cell): Iterable<string> => {
    if (!stretches) return hiddenCells(table);
    const keys = keysOf(table);
    return keys.some(isFew) ? keys : [];
  };
  const cells = new Set(tables.flatMap((table) => [...hiddenIn(table)]));
  for (const { key } of unknown) if (isFew(key)) cells.add(key);
  return { cells, value: reveals.some((key) => cells.has(key)) };
}

/** A value as a decimal string, cut to the decimals of its indicator. */
export function formatValue(value: Rational, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  const steps = roundToStep(multiply(value, rational(scale)), 1n, 'down');
  const text = steps.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}
