import fc from 'fast-check';
import {
  type Cell,
  type Figure,
  type FigureSource,
  INDICATORS,
  type Measure,
  type Period,
  type Sum,
  addsUp,
  figureOf,
  hiddenOf,
  isSmall,
  parsePeriod,
  schoolYearWith,
  stretchesOf,
} from './index.js';

/** Years with records; those before and after them have none, which is told. */
const YEARS = [2024, 2025];
const ALL_YEARS = [2023, ...YEARS, 2026];
const HALVES = ALL_YEARS.flatMap((year) => [`${year}-03-01`, `${year}-10-01`]);
/** Products of two numbers below it are exact. */
const PRIME = 67_108_859;

interface Recorded {
  readonly measure: Measure;
  readonly category: string;
  readonly day: string;
  readonly count: number;
}

const day = fc.constantFrom(...HALVES.filter((one) => YEARS.includes(Number(one.slice(0, 4)))));
const count = fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 60 }));
const record = (measure: Measure, category: fc.Arbitrary<string>): fc.Arbitrary<Recorded> =>
  fc.record({ measure: fc.constant(measure), category, day, count });
const district: fc.Arbitrary<Recorded[]> = fc.array(
  fc.oneof(
    record(
      'training',
      fc
        .tuple(
          fc.constantFrom('employment', 'upgrading', 'unknown'),
          fc.constantFrom('yes', 'no', 'unknown'),
          fc.constantFrom('none', 'unknown', 'older', 'disabled', 'older+rural'),
          fc.constant('known'),
        )
        .map((words) => words.join('|')),
    ),
    record(
      'gate',
      fc.constantFrom('3-2|passed', '3-2|failed', 'five-year|passed', 'five-year|failed'),
    ),
    record('graduate', fc.constantFrom('transfer', 'matched', 'exempt', 'none')),
  ),
  { maxLength: 25 },
);

function sourceIn(all: readonly Recorded[], period: Period): FigureSource {
  return {
    period,
    sums: (measure) =>
      all
        .filter((one) => one.measure === measure && one.day >= period.from && one.day <= period.to)
        .map(({ category, count: n }): Sum => ({ category, count: BigInt(n), minutes: 0n })),
    input: () => null,
    lateGraduates: 0n,
  };
}

/** What everybody reads in all years and school years together, as equations about halves of years. */
class Reader {
  readonly #rows = new Map<number, Map<number, number>>();
  readonly #places = new Map<string, number>();

  /** Takes an equation: whether these numbers, added with these signs, are known. */
  learn(terms: readonly (readonly [name: string, sign: number])[]): void {
    const rest = this.#reduce(terms);
    const [pivot] = rest.keys();
    if (pivot === undefined) return;
    const scale = inverse(rest.get(pivot) as number);
    const row = new Map([...rest].map(([at, value]) => [at, times(value, scale)]));
    for (const [other, values] of this.#rows) {
      const factor = values.get(pivot);
      if (factor !== undefined) this.#rows.set(other, subtract(values, row, factor));
    }
    this.#rows.set(pivot, row);
  }

  /** Whether a sum of numbers follows from what was learnt. */
  knows(names: readonly string[]): boolean {
    return this.#reduce(names.map((name) => [name, 1] as const)).size === 0;
  }

  #reduce(terms: readonly (readonly [name: string, sign: number])[]): Map<number, number> {
    let rest = new Map<number, number>();
    for (const [name, sign] of terms) {
      if (!this.#places.has(name)) this.#places.set(name, this.#places.size);
      rest = subtract(rest, new Map([[this.#places.get(name) as number, 1]]), PRIME - sign);
    }
    for (const at of rest.keys()) {
      const row = this.#rows.get(at);
      const factor = rest.get(at);
      if (row && factor !== undefined) rest = subtract(rest, row, factor);
    }
    return rest;
  }
}

const times = (a: number, b: number): number => (a * b) % PRIME;

function subtract(a: Map<number, number>, b: Map<number, number>, factor: number) {
  const rest = new Map(a);
  for (const [at, value] of b) {
    const left = ((rest.get(at) ?? 0) + PRIME - times(value, factor % PRIME)) % PRIME;
    if (left === 0) rest.delete(at);
    else rest.set(at, left);
  }
  return rest;
}

function inverse(value: number): number {
  let [result, base] = [1, value];
  for (let power = PRIME - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = times(result, base);
    base = times(base, base);
  }
  return result;
}

const cellsIn = (cell: Cell): Cell[] => [cell, ...(cell.cells ?? []).flatMap(cellsIn)];

/** The halves of years that a period is made of. */
const halvesOf = ({ from, to }: Period): string[] =>
  HALVES.filter((half) => half >= from && half <= to);

const PERIODS = [
  ...ALL_YEARS.map((year) => parsePeriod(String(year)) as Period),
  ...ALL_YEARS.map((year) => schoolYearWith(`${year}-03-01`)),
  schoolYearWith('2026-10-01'),
];

const ADDITIVE = INDICATORS.filter(addsUp);

interface Told {
  readonly period: Period;
  readonly figure: Figure;
}

function figuresOf(all: readonly Recorded[]): Told[] {
  return ADDITIVE.flatMap((definition) =>
    PERIODS.map((period) => {
      const whole = figureOf(definition, sourceIn(all, period));
      const stretches = stretchesOf(period).map((stretch) =>
        figureOf(definition, sourceIn(all, stretch)),
      );
      return { period, figure: stretches.length > 0 ? { ...whole, stretches } : whole };
    }),
  );
}

/** Everybody knows which numbers are the sum of which, and reads what is told. */
function read(reader: Reader, { period, figure }: Told): void {
  const hidden = hiddenOf(figure);
  const halves = halvesOf(period);
  for (const { key } of figure.tables) {
    // The same number under other names.
    if (!key.startsWith('rest-of-group:') && key !== 'person-times-paid') continue;
    for (const half of halves) {
      reader.learn([
        [`person-times@${half}`, 1],
        [`${key}@${half}`, -1],
      ]);
    }
  }
  for (const { key, count: told, cells } of figure.tables.flatMap(cellsIn)) {
    for (const half of cells ? halves : []) {
      const parts = (cells ?? []).map((part) => [`${part.key}@${half}`, -1] as const);
      reader.learn([[`${key}@${half}`, 1], ...parts]);
    }
    if (hidden.cells.has(key)) continue;
    reader.learn(halves.map((half) => [`${key}@${half}`, 1] as const));
    // None of nobody are nobody.
    for (const half of told === 0n ? halves : []) reader.learn([[`${key}@${half}`, 1]]);
  }
}

/** Small numbers of periods and of halves of years that the reader can work out. */
function workedOut(reader: Reader, figures: readonly Told[], all: readonly Recorded[]): string[] {
  const small = (period: Period, { tables }: Figure): [name: string, terms: string[]][] =>
    tables
      .flatMap(cellsIn)
      .filter(({ count: one }) => isSmall(one))
      .map(({ key }) => [
        `${key} from ${period.from} to ${period.to}`,
        halvesOf(period).map((half) => `${key}@${half}`),
      ]);
  const ofHalves = HALVES.flatMap((half) => {
    const period = { id: half, kind: 'year', from: half, to: half } as const;
    return ADDITIVE.flatMap((one) => small(period, figureOf(one, sourceIn(all, period))));
  });
  return [...figures.flatMap(({ period, figure }) => small(period, figure)), ...ofHalves]
    .filter(([, terms]) => reader.knows(terms))
    .map(([name]) => name);
}

it('nobody works out a small number from all figures of all periods together', () => {
  fc.assert(
    fc.property(district, (all) => {
      const reader = new Reader();
      const figures = figuresOf(all);
      for (const told of figures) read(reader, told);
      expect(workedOut(reader, figures, all)).toEqual([]);
    }),
    { numRuns: 80 },
  );
}, 60_000);
