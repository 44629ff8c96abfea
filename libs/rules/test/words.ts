import type { CompiledRulebook, Source } from '../src/index.js';
import { lotsOfRulebook } from '../src/lint/walk.js';

/** The words of a document from which outcomes can be made up. */
export interface Words {
  readonly codes: readonly string[];
  readonly sources: readonly Source[];
  readonly kinds: readonly string[];
  readonly categories: readonly string[];
  readonly issuers: readonly string[];
  /** Values of each scale, from the lowest to the highest. */
  readonly scales: ReadonlyMap<string, readonly string[]>;
  readonly findings: readonly { readonly what: string; readonly course: string | null }[];
  readonly programmes: readonly string[];
  readonly courses: readonly string[];
}

const SOURCES: readonly Source[] = ['course', 'online-course', 'certificate', 'training'];

/** Collects what the clauses and examples of a document speak of, and a word that is in none. */
export function wordsOf({ rulebook }: CompiledRulebook): Words {
  const clauses = lotsOfRulebook(rulebook).map(({ has }) => has);
  const outcomes = rulebook.examples.flatMap(({ learner }) => learner.outcomes);
  const courses = rulebook.target.courses.map(({ code }) => code);
  const judged = clauses.flatMap((clause) => clause.judged ?? []);
  return {
    codes: distinct([
      ...clauses.flatMap(({ has }) => has.codes),
      ...clauses.flatMap(({ has }) => (has.prefix === null ? [] : [`${has.prefix}1`])),
      ...clauses.flatMap(({ has }) => has.except),
      ...rulebook.families.flatMap((family) => family.outcomes),
      ...outcomes.map(({ outcome }) => outcome),
      'NEVER-HEARD-OF',
    ]),
    sources: SOURCES,
    kinds: distinct([
      ...clauses.flatMap(({ has }) => has.kind),
      ...outcomes.flatMap(({ kind = [] }) => kind),
      'unstated',
    ]),
    categories: distinct([...clauses.flatMap(({ has }) => has.category), 'unstated']),
    issuers: distinct([
      ...clauses.flatMap(({ issuer }) => issuer),
      ...(rulebook.agreements ?? []).flatMap(({ parties }) =>
        parties.map(({ institution }) => institution),
      ),
      'unstated',
    ]),
    scales: new Map(
      Object.entries(rulebook.scales).map(([name, { values, numbers }]) => [
        name,
        numbers ? numbersOf(numbers, limitsOn(name, clauses)) : values.map(([value = '']) => value),
      ]),
    ),
    findings: judged.flatMap(({ what, course }) =>
      (course === null ? courses : [course]).map((each) => ({ what, course: each })),
    ),
    programmes: [rulebook.target.programme, 'OTHER', ...enrolmentsIn(JSON.stringify(rulebook))],
    courses,
  };
}

type Clauses = ReturnType<typeof lotsOfRulebook>[number]['has'][];

function limitsOn(scale: string, clauses: Clauses): string[] {
  return clauses.flatMap(({ grade, level }) =>
    [grade, level].flatMap((bounds) =>
      bounds && 'scale' in bounds && bounds.scale === scale
        ? [bounds.atLeast, bounds.below].flatMap((limit) => limit ?? [])
        : [],
    ),
  );
}

/** The ends of a scale of numbers, the limits that clauses set on it, and what lies between. */
function numbersOf({ from, to }: { from: string; to: string }, limits: string[]): string[] {
  const points = distinct([from, to, ...limits]).map(Number);
  const [low, high] = [Math.min(...points), Math.max(...points)];
  const sorted = points.sort((a, b) => a - b);
  const between = sorted.slice(1).map((point, at) => (point + (sorted[at] ?? low)) / 2);
  const all = distinct([...sorted, ...between].map(String)).sort((a, b) => Number(a) - Number(b));
  const within = all.filter((value) => low <= Number(value) && Number(value) <= high);
  return Number(from) <= Number(to) ? within : within.reverse();
}

function enrolmentsIn(text: string): string[] {
  return [...text.matchAll(/"enrolledIn":"([^"]+)"/g)].map(([, programme = '']) => programme);
}

function distinct<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
