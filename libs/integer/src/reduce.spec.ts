import type { Problem } from './program.js';
import { reduce } from './reduce.js';

const one = (variable: number, times = 1): { variable: number; times: number } => ({
  variable,
  times,
});
const atMost = (most: number, ...terms: { variable: number; times: number }[]) => ({
  terms,
  least: Number.NEGATIVE_INFINITY,
  most,
});

function reduced(problem: Partial<Problem> & Pick<Problem, 'program'>): ReturnType<typeof reduce> {
  const { uppers } = problem.program;
  const bounds = { low: new Float64Array(uppers.length), high: Float64Array.from(uppers) };
  const order = uppers.map((_, at) => at);
  return reduce({ objectives: [], order, ...problem }, bounds);
}

describe('reduce', () => {
  test('takes out what a row fixes and goes on with what is left of it', () => {
    const rows = [atMost(4, one(0, 3), one(1, 5), one(2, 2)), { ...atMost(9, one(0)), least: 1 }];
    const found = reduced({ program: { uppers: [1, 1, 1], rows } });
    expect(found?.problem.program).toEqual({ uppers: [], rows: [] });
    expect(found?.lift([])).toEqual([1, 0, 0]);
    expect(found?.lower([1, 0, 0])).toEqual([]);
    expect(found?.lower([1, 0, 1])).toBeNull();
  });

  test('says when nothing keeps all limits', () => {
    const rows = [{ ...atMost(3, one(0, 2)), least: 3 }];
    expect(reduced({ program: { uppers: [4], rows } })).toBeNull();
    const apart = [{ ...atMost(9, one(0)), least: 2 }, atMost(1, one(0))];
    expect(reduced({ program: { uppers: [4], rows: apart } })).toBeNull();
  });

  test('writes a row in its smallest numbers and rounds its limit the safe way', () => {
    const rows = [
      atMost(11, one(0, 4), one(1, 6)),
      { ...atMost(40, one(0, 4), one(1, -6)), least: -3 },
    ];
    const found = reduced({ program: { uppers: [3, 3], rows } });
    expect(found?.problem.program.rows).toEqual([
      atMost(5, one(0, 2), one(1, 3)),
      { terms: [one(0, 2), one(1, -3)], least: -1, most: 4 },
    ]);
  });

  test('a variable that another makes superfluous is zero', () => {
    const program = { uppers: [1, 1], rows: [atMost(1, one(0), one(1))] };
    const better = reduced({ program, objectives: [[one(0, 2), one(1, 3)]] });
    expect(better?.lift([1])).toEqual([0, 1]);
    const earlier = reduced({ program, objectives: [[one(0, 2), one(1, 2)]] });
    expect(earlier?.lift([1])).toEqual([1, 0]);
    const later = reduced({ program, objectives: [[one(0, 2), one(1, 2)]], order: [1, 0] });
    expect(later?.lift([1])).toEqual([0, 1]);
  });

  test('a variable that takes more of a row, or is needed by one, is not superfluous', () => {
    const clique = atMost(1, one(0), one(1));
    const objectives = [[one(0, 3), one(1, 2), one(2, 1)]];
    const takesMore = [clique, atMost(3, one(0, 3), one(1, 2), one(2, 1))];
    const all = reduced({ program: { uppers: [1, 1, 1], rows: takesMore }, objectives });
    expect(all?.problem.program.uppers).toEqual([1, 1, 1]);
    const isNeeded = [clique, { terms: [one(1), one(2)], least: 1, most: 9 }];
    const needed = reduced({ program: { uppers: [1, 1, 1], rows: isNeeded }, objectives });
    expect(needed?.problem.program.uppers).toEqual([1, 1, 1]);
  });

  test('leaves out a limit that variables which exclude each other cannot reach', () => {
    const limit = (most: number): ReturnType<typeof atMost> => atMost(most, one(0, 5), one(1, 4));
    const clique = atMost(1, one(0), one(1), one(2));
    const rowsFor = (most: number): unknown =>
      reduced({
        program: { uppers: [1, 1, 1], rows: [clique, limit(most), atMost(0, one(2), one(0, -1))] },
        objectives: [[one(0, 1), one(1, 2), one(2, 4)]],
      })?.problem.program.rows.length;
    expect(rowsFor(5)).toBe(2);
    expect(rowsFor(4)).toBe(0);
  });

  test('an amount granted in part counts with the choice it belongs to', () => {
    const steps = atMost(0, one(2), one(0, -4));
    const clique = atMost(1, one(0), one(1));
    const cap = (most: number) => atMost(most, one(0, 3), one(2, 2), one(1, 7));
    const rowsFor = (most: number): unknown =>
      reduced({
        program: { uppers: [1, 1, 4], rows: [clique, steps, cap(most)] },
        objectives: [[one(0, 3), one(2, 2), one(1, 7)]],
      })?.problem.program.rows.length;
    expect(rowsFor(11)).toBe(2);
    expect(rowsFor(10)).toBe(3);
  });

  test('objectives are divided by what they have in common, and values find their way back', () => {
    const rows = [atMost(2, one(0), one(1), one(2)), { ...atMost(9, one(2)), least: 1 }];
    const objectives = [[one(0, 6), one(1, 9), one(2, 500)]];
    const found = reduced({ program: { uppers: [2, 2, 1], rows }, objectives });
    expect(found?.problem.objectives).toEqual([[one(0, 2), one(1, 3)]]);
    expect(found?.liftValue(0, 0)).toBe(500);
    expect(found?.liftValue(0, 5)).toBe(515);
  });
});
