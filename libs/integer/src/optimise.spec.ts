import fc from 'fast-check';
import { isFeasible, type Point, type Problem, type Term, valueOf } from './program.js';
import { optimise } from './optimise.js';

const terms = (size: number, least: number): fc.Arbitrary<Term[]> =>
  fc
    .uniqueArray(
      fc.record({
        variable: fc.nat(size - 1),
        times: fc.integer({ min: least, max: 6 }).filter((times) => times !== 0),
      }),
      { maxLength: size, selector: ({ variable }) => variable },
    )
    .map((all) => all.sort((a, b) => a.variable - b.variable));

const row = (size: number): fc.Arbitrary<Problem['program']['rows'][number]> =>
  fc.oneof(
    // At most one of some variables, which is what most rows of an allocation say.
    fc.subarray(Array.from({ length: size }, (_, variable) => variable)).map((some) => ({
      terms: some.map((variable) => ({ variable, times: 1 })),
      least: Number.NEGATIVE_INFINITY,
      most: 1,
    })),
    fc.record({
      terms: terms(size, -4),
      least: fc.oneof(fc.constant(Number.NEGATIVE_INFINITY), fc.integer({ min: -6, max: 4 })),
      most: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 14 })),
    }),
  );

const problem: fc.Arbitrary<Problem> = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc.record({
    program: fc.record({
      uppers: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: size, maxLength: size }),
      rows: fc.array(row(size), { maxLength: 5 }),
    }),
    objectives: fc.array(terms(size, -5), { minLength: 1, maxLength: 3 }),
    order: fc.shuffledSubarray(
      Array.from({ length: size }, (_, variable) => variable),
      { minLength: size },
    ),
  }),
);

/** The problem with more variables, each like one of those it has. */
function doubled([{ program, objectives, order }, twins]: [Problem, number[]]): Problem {
  const size = program.uppers.length;
  const of = twins.map((twin) => twin % size);
  const more = (all: readonly Term[]): Term[] => [
    ...all,
    ...of.flatMap((twin, at) => {
      const own = all.find(({ variable }) => variable === twin);
      return own ? [{ variable: size + at, times: own.times }] : [];
    }),
  ];
  return {
    program: {
      uppers: [...program.uppers, ...of.map((_, at) => (at % 2) + 1)],
      rows: program.rows.map((each) => ({ ...each, terms: more(each.terms) })),
    },
    objectives: objectives.map(more),
    order,
  };
}

/** The best point, by looking at every one. */
function tryEverything({ program, objectives, order }: Problem): Point | null {
  let best: Point | null = null;
  const isBetter = (a: Point, b: Point): boolean => {
    const levels = objectives.map((objective) => valueOf(objective, a) - valueOf(objective, b));
    const places = order.map((variable) => (a[variable] ?? 0) - (b[variable] ?? 0));
    return ([...levels, ...places].find((difference) => difference !== 0) ?? 0) > 0;
  };
  const visit = (point: readonly number[]): void => {
    const upper = program.uppers[point.length];
    if (upper !== undefined) {
      for (let value = 0; value <= upper; value += 1) visit([...point, value]);
    } else if (isFeasible(program, point) && (!best || isBetter(point, best))) {
      best = point;
    }
  };
  visit([]);
  return best;
}

const plenty = { work: 100_000_000 };

describe('optimise', () => {
  test('finds the very point that looking at every point finds', () => {
    fc.assert(
      fc.property(problem, (given) => {
        const found = optimise(given, plenty);
        const best = tryEverything(given);
        expect(found.isProven).toBe(true);
        expect(found.point).toEqual(best);
        const [first] = given.objectives;
        expect(found.bound).toBe(best && first ? valueOf(first, best) : Number.NEGATIVE_INFINITY);
      }),
      { numRuns: Number(process.env.ORACLE_RUNS ?? 3000) },
    );
  });

  test('without an order variables that are alike are one, and the objectives are as great', () => {
    const twice = fc.tuple(problem, fc.array(fc.nat(5), { maxLength: 4 })).map(doubled);
    fc.assert(
      fc.property(twice, (of) => {
        const given = { ...of, order: [] };
        const found = optimise(given, plenty);
        const best = tryEverything(given);
        const values = (point: Point): number[] => given.objectives.map((of) => valueOf(of, point));
        expect(found.isProven).toBe(true);
        expect(found.point && values(found.point)).toEqual(best && values(best));
        if (found.point) expect(isFeasible(given.program, found.point)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('the point it starts from does not change the answer', () => {
    fc.assert(
      fc.property(problem, fc.array(fc.nat(3), { minLength: 6, maxLength: 6 }), (given, start) => {
        const known = given.program.uppers.map((upper, at) => Math.min(upper, start[at] ?? 0));
        fc.pre(isFeasible(given.program, known));
        expect(optimise(given, { ...plenty, known }).point).toEqual(optimise(given, plenty).point);
      }),
      { numRuns: 1000 },
    );
  });

  test('stopped at any time it answers a point that keeps all limits, and a bound', () => {
    fc.assert(
      fc.property(problem, fc.nat(400), (given, work) => {
        const found = optimise(given, { work });
        const best = tryEverything(given);
        const [first] = given.objectives;
        if (found.point) expect(isFeasible(given.program, found.point)).toBe(true);
        if (found.isProven) expect(found.point).toEqual(best);
        if (best && first) expect(found.bound).toBeGreaterThanOrEqual(valueOf(first, best));
      }),
      { numRuns: 2000 },
    );
  });

  test('never answers less than the point it starts from', () => {
    const ones = [0, 1, 2].map((variable) => ({ variable, times: 1 }));
    const rows = [{ terms: ones, least: 0, most: 2 }];
    const given = { program: { uppers: [1, 1, 1], rows }, objectives: [ones], order: [0, 1, 2] };
    const found = optimise(given, { work: -1, known: [0, 1, 1] });
    expect(found).toMatchObject({ point: [0, 1, 1], isProven: false });
    expect(optimise(given, plenty).point).toEqual([1, 1, 0]);
  });

  test('keeps large numbers exact', () => {
    const big = 4_000_000_000;
    const given = {
      program: {
        uppers: [1, 1, 1],
        rows: [
          {
            terms: [
              { variable: 0, times: big + 1 },
              { variable: 1, times: big },
              { variable: 2, times: big - 1 },
            ],
            least: 0,
            most: 2 * big,
          },
        ],
      },
      objectives: [
        [
          { variable: 0, times: big + 1 },
          { variable: 1, times: big },
          { variable: 2, times: big - 1 },
        ],
      ],
      order: [0, 1, 2],
    };
    expect(optimise(given, plenty)).toMatchObject({ point: [1, 0, 1], bound: 2 * big });
  });
});
