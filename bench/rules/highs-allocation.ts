import type {
  AllocationCandidate,
  AllocationPick,
  AllocationProblem,
} from '../../libs/rules/src/allocate/allocation.js';
import { type Limit, type loadHighs, maximise, type Model, type Part, valueOf } from './highs.js';

/** One choice of one candidate, granted or not. */
interface Column {
  readonly name: string;
  readonly candidate: number;
  readonly choice: number;
  readonly of: AllocationCandidate['choices'][number];
}

/** HiGHS takes numbers for equal that differ by a millionth of their size; this stays far from it. */
const RANKS = 10_000;

/**
 * The same allocation by the independent solver HiGHS, written from the problem and not from our
 * programme: one variable a choice, one solve a level, and for the last level as many as it takes.
 * Knows lots used as a whole and no pools, as in `allocationInstance`.
 */
export function allocateByHighs(
  highs: Awaited<ReturnType<typeof loadHighs>>,
  problem: AllocationProblem,
): AllocationPick[] {
  const columns = problem.candidates.flatMap(({ choices }, candidate) =>
    choices.map((of, choice): Column => {
      return { name: `x${candidate}_${choice}`, candidate, choice, of };
    }),
  );
  if (columns.length === 0) return [];
  const limits = [...limitsOf(problem, columns)];
  const model: Model = { variables: columns.map(({ name }) => name), limits };
  const weighed = (value: (of: Column['of']) => number): Part[] =>
    columns.map(({ name, of }) => ({ name, times: value(of) })).filter(({ times }) => times !== 0);
  const levels = [
    weighed(({ credits }) => credits / 500),
    weighed(({ benefits }) => benefits),
    weighed(({ uses }) => -uses.reduce((sum, { amount }) => sum + amount / 500, 0)),
    weighed(({ uses }) => -uses.length),
  ];
  let ones: ReadonlySet<string> = new Set();
  for (const parts of levels) {
    ones = maximise(highs, model, parts) ?? new Set();
    limits.push({ parts, sign: '=', of: valueOf(parts, ones) });
  }
  for (const chunk of chunksOf(problem, columns)) {
    ones = maximise(highs, model, chunk) ?? new Set();
    for (const { name } of chunk) {
      limits.push({ parts: [{ name, times: 1 }], sign: '=', of: ones.has(name) ? 1 : 0 });
    }
  }
  return columns
    .filter(({ name }) => ones.has(name))
    .map(({ candidate, choice }) => ({ candidate, choice, poolLots: [] }));
}

function* limitsOf(
  { candidates, rooms }: AllocationProblem,
  columns: readonly Column[],
): Generator<Limit> {
  const atMostOne = (some: readonly Column[]): Limit => {
    return { parts: some.map(({ name }) => ({ name, times: 1 })), sign: '<=', of: 1 };
  };
  for (const candidate of candidates.keys()) {
    yield atMostOne(columns.filter((column) => column.candidate === candidate));
  }
  const lots = new Set(columns.flatMap(({ of }) => of.uses.map(({ lot }) => lot)));
  for (const lot of lots) {
    yield atMostOne(columns.filter(({ of }) => of.uses.some((use) => use.lot === lot)));
  }
  const courses = new Set(columns.flatMap(({ of }) => of.courses));
  for (const course of courses) {
    yield atMostOne(columns.filter(({ of }) => of.courses.includes(course)));
  }
  for (const [cap, room] of rooms.entries()) {
    const parts = columns.flatMap(({ name, of }) =>
      of.counts
        .filter((count) => count.cap === cap)
        .map(({ amount }) => ({ name, times: amount / 500 })),
    );
    if (parts.length > 0) yield { parts, sign: '<=', of: room / 500 };
  }
}

/** Earlier candidates and their earlier choices first, a few candidates in one solve. */
function* chunksOf(
  { candidates }: AllocationProblem,
  columns: readonly Column[],
): Generator<Part[]> {
  let open: number[] = [];
  let ranks = 1;
  const partsOf = (): Part[] => {
    let weight = 1;
    return open.toReversed().flatMap((candidate) => {
      const own = columns.filter((column) => column.candidate === candidate);
      const parts = own.map(({ name, choice }) => {
        return { name, times: weight * (own.length - choice) };
      });
      weight *= own.length + 1;
      return parts;
    });
  };
  for (const [candidate, { choices }] of candidates.entries()) {
    if (ranks * (choices.length + 1) > RANKS) {
      yield partsOf();
      open = [];
      ranks = 1;
    }
    open.push(candidate);
    ranks *= choices.length + 1;
  }
  yield partsOf();
}
