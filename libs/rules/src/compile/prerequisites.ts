import type { Checker } from './checker.js';
import { LotClause } from '../clauses/has.js';
import { LearnerClause } from '../clauses/learner.js';
import type { Watch } from '../clauses/leaf.js';
import type { ConditionContext } from '../clauses/lot-test.js';
import { recognised } from '../clauses/recognised.js';
import { SumClause } from '../clauses/sum.js';
import { compileLot } from './conditions.js';
import type { Clause, GroupClause } from './compiled.js';
import type { Prerequisite, Rulebook } from '../document/rulebook.js';
import type { Vocabulary } from '../match/vocabulary.js';

/** What has to be there first, ready to be joined to the rules that it speaks of. */
export interface CompiledPrerequisite {
  readonly prerequisite: Prerequisite;
  readonly clauses: readonly Clause[];
}

/**
 * What has to be there first does not decide for whom a rule is looked at: who has everything else is
 * told what is missing.
 */
class FirstClause extends LotClause {
  override readonly watch: Watch = null;
}

/** Compiles prerequisites and refuses names that are not there and circles. */
export function compilePrerequisites(
  { prerequisites = [], target }: Rulebook,
  context: Omit<ConditionContext, 'courses'>,
): CompiledPrerequisite[] {
  const { check } = context;
  const codes = target.courses.map(({ code }) => code);
  check.unique(
    '/prerequisites',
    prerequisites.map(({ id }) => id),
  );
  checkCircles(prerequisites, check);
  return prerequisites.map((prerequisite, index) => {
    const path = `/prerequisites/${index}`;
    const { course, outcome, needs } = prerequisite;
    course.forEach((code) => check.known(`${path}/course`, code, codes));
    if (course.length + outcome.length === 0) check.fault(path, 'rulebook-prerequisite-empty');
    const clauses = needs.map((need, at) => {
      const place = `${path}/needs/${at}`;
      if (need.op === 'has') {
        const clause = compileLot(need, place, { ...context, courses: [] });
        return new FirstClause(place, clause, context.vocabulary);
      }
      check.known(`${place}/recognised`, need.recognised, codes);
      return new LearnerClause(place, recognised.compile(need.recognised));
    });
    return { prerequisite, clauses };
  });
}

/** Joins to a condition what has to be there before its courses are filled or its outcomes used. */
export function withPrerequisites(
  when: Clause,
  { courses, vocabulary }: Pick<ConditionContext, 'courses' | 'vocabulary'>,
  prerequisites: readonly CompiledPrerequisite[],
): Clause {
  const ofCourses = prerequisites.filter(({ prerequisite: { course } }) =>
    course.some((code) => courses.includes(code)),
  );
  const ofOutcomes = prerequisites.flatMap(({ prerequisite: { outcome }, clauses }) =>
    outcome.map((code) => ({ code, clauses })),
  );
  const gated =
    ofOutcomes.length === 0
      ? when
      : mapLots(when, (clause) => gate(clause, ofOutcomes, vocabulary));
  const needed = ofCourses.flatMap(({ clauses }) => clauses);
  return needed.length === 0 ? gated : allOf(when.path, [gated, ...needed]);
}

/** Rebuilds a condition with every clause about single lots replaced. Sums stay as they are. */
export function mapLots(clause: Clause, map: (clause: LotClause) => Clause): Clause {
  if ('children' in clause) {
    return { ...clause, children: clause.children.map((child) => mapLots(child, map)) };
  }
  return clause.op === 'has' ? map(clause) : clause;
}

/** As {@link mapLots}, where a clause about lots stays one, so that sums can follow. */
export function mapEveryLot(clause: Clause, map: (clause: LotClause) => LotClause): Clause {
  if ('children' in clause) {
    return { ...clause, children: clause.children.map((child) => mapEveryLot(child, map)) };
  }
  if (clause.op === 'has') return map(clause);
  if (clause.op !== 'sum') return clause;
  const { path, what, atLeast, wanted, of } = clause;
  return new SumClause(path, { what, atLeast }, wanted, map(of));
}

/** Outcomes with a prerequisite need it; the others of the same clause do not. */
function gate(
  clause: LotClause,
  gates: readonly { readonly code: string; readonly clauses: readonly Clause[] }[],
  vocabulary: Vocabulary,
): Clause {
  const { path, select, tests, isEvidenceOnly } = clause;
  if (isEvidenceOnly) return clause;
  const own = gates.filter(
    ({ code }) =>
      !select.except.includes(code) &&
      (select.codes.length === 0 || select.codes.includes(code)) &&
      (select.prefix === null || code.startsWith(select.prefix)),
  );
  if (own.length === 0) return clause;
  const gatedCodes = own.map(({ code }) => code);
  const codes = select.codes.filter((code) => !gatedCodes.includes(code));
  const others =
    select.codes.length === 0
      ? [{ ...select, except: [...select.except, ...gatedCodes] }]
      : codes.length > 0
        ? [{ ...select, codes }]
        : [];
  const children: Clause[] = [
    ...others.map(
      (each) => new LotClause(path, { select: each, tests, isEvidenceOnly }, vocabulary),
    ),
    ...[...new Set(gatedCodes)].map((code) =>
      allOf(path, [
        new LotClause(
          path,
          { select: { ...select, codes: [code] }, tests, isEvidenceOnly },
          vocabulary,
        ),
        ...own.filter((each) => each.code === code).flatMap(({ clauses }) => clauses),
      ]),
    ),
  ];
  const [only] = children;
  return children.length === 1 && only ? only : { op: 'any', path, needed: 1, children };
}

function allOf(path: string, children: readonly Clause[]): GroupClause {
  return { op: 'all', path, needed: children.length, children };
}

/** Names of a circle that a person reads. */
const MOST_SHOWN = 10;

/** A course or outcome that needs itself, over whatever way, can never be had. */
function checkCircles(prerequisites: readonly Prerequisite[], check: Checker): void {
  const needs = new Map<string, { readonly name: string; readonly pointer: string }[]>();
  prerequisites.forEach((prerequisite, index) => {
    const wanted = prerequisite.needs.flatMap((need, at) => {
      const pointer = `/prerequisites/${index}/needs/${at}`;
      if (need.op === 'recognised') return [{ name: `course ${need.recognised}`, pointer }];
      // Where any of several outcomes will do, another one can break the circle.
      const [only, other] = need.has.codes;
      return only !== undefined && other === undefined
        ? [{ name: `outcome ${only}`, pointer }]
        : [];
    });
    for (const of of namesOf(prerequisite)) needs.set(of, [...(needs.get(of) ?? []), ...wanted]);
  });
  const done = new Set<string>();
  for (const start of needs.keys()) findCircle(start, needs, done, check);
}

function namesOf({ course, outcome }: Prerequisite): string[] {
  return [...course.map((code) => `course ${code}`), ...outcome.map((code) => `outcome ${code}`)];
}

/** Walks with its own stack: ten thousand prerequisites in a row must not become a crash. */
function findCircle(
  start: string,
  needs: ReadonlyMap<string, readonly { readonly name: string; readonly pointer: string }[]>,
  done: Set<string>,
  check: Checker,
): void {
  const way: { name: string; next: number }[] = [{ name: start, next: 0 }];
  const places = new Map([[start, 0]]);
  while (way.length > 0) {
    const step = way.at(-1);
    if (!step) return;
    const need = done.has(step.name) ? undefined : needs.get(step.name)?.[step.next];
    if (!need) {
      done.add(step.name);
      places.delete(step.name);
      way.pop();
      continue;
    }
    step.next += 1;
    const from = places.get(need.name);
    if (from !== undefined) {
      const names = way.slice(from).map(({ name }) => name);
      const shown = names.length > MOST_SHOWN ? [...names.slice(0, MOST_SHOWN), '…'] : names;
      const circle = [...shown, need.name].join(' → ');
      check.fault(need.pointer, 'rulebook-prerequisite-circle', { circle });
    } else {
      places.set(need.name, way.length);
      way.push({ name: need.name, next: 0 });
    }
  }
}
