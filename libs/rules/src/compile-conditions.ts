import { parseCredits, parseHours } from '#libs/credit';
import type { Checker } from './checker.js';
import { compileHas, type LotClause } from './clauses.js';
import type { Clause, SumClause } from './compiled.js';
import type { Bounds, Condition, Has, Target } from './rulebook.js';
import type { Scales } from './scales.js';

export interface ConditionContext {
  readonly check: Checker;
  readonly scales: Scales;
  readonly target: Target;
  /** Courses the rule leads to: what a finding is about when its clause does not say. */
  readonly courses: readonly string[];
}

/** Compiles a condition and refuses what cannot be meant. */
export function compileCondition(
  condition: Condition,
  path: string,
  context: ConditionContext,
): Clause {
  const clause = compileClause(condition, path, context);
  const [, second] = sumsOf(clause);
  if (second) context.check.fault(second.path, 'rulebook-two-sums');
  return clause;
}

function compileClause(condition: Condition, path: string, context: ConditionContext): Clause {
  const children = (list: readonly Condition[], member: string): Clause[] =>
    list.map((child, index) => compileClause(child, `${path}/${member}/${index}`, context));
  switch (condition.op) {
    case 'all':
      return { op: 'all', path, children: children(condition.all, 'all') };
    case 'any':
      return { op: 'any', path, children: children(condition.any, 'any') };
    case 'at-least': {
      const { atLeast, of } = condition;
      if (atLeast > of.length || atLeast < 1) {
        const params = { asked: String(atLeast), offered: String(of.length) };
        context.check.fault(`${path}/atLeast`, 'rulebook-too-many-asked', params);
      }
      return { op: 'at-least', path, atLeast, children: children(of, 'of') };
    }
    case 'sum':
      return compileSum(condition, path, context);
    case 'has':
      return compileLot(condition, path, context);
    case 'learner':
      return { op: 'learner', path, ...condition.learner };
  }
}

function compileSum(
  { sum, of }: Extract<Condition, { op: 'sum' }>,
  path: string,
  context: ConditionContext,
): SumClause {
  const parsed = sum.what === 'hours' ? parseHours(sum.atLeast) : readCredits(sum.atLeast);
  if (parsed === undefined || parsed <= 0n) {
    const params = { value: sum.atLeast, range: '> 0' };
    context.check.fault(`${path}/sum/atLeast`, 'rulebook-number', params);
  }
  const clause = compileLot(of, `${path}/of`, context);
  const wanted = `${sum.what} >= ${sum.atLeast}`;
  return { op: 'sum', path, what: sum.what, atLeast: parsed ?? 1n, wanted, of: clause };
}

function readCredits(text: string): bigint | undefined {
  const parsed = parseCredits(text);
  return parsed.ok ? parsed.amount : undefined;
}

/** Compiles a clause about one lot and refuses scales, values and courses it cannot mean. */
export function compileLot(has: Has, path: string, context: ConditionContext): LotClause {
  const { check, courses, target } = context;
  checkBounds(has.grade && 'scale' in has.grade ? has.grade : null, `${path}/grade`, context);
  checkBounds(has.level, `${path}/level`, context);
  if (has.level?.exactly) checkValue(has.level.scale, has.level.exactly, `${path}/level`, context);
  if (has.hours) requireHours(has.hours.atLeast, `${path}/hours/atLeast`, check);
  if (has.credits) check.credits(`${path}/credits/atLeast`, has.credits.atLeast);
  if (has.attendance) check.percent(`${path}/attendance/atLeast`, has.attendance.atLeast);
  if (has.judged?.course != null) {
    check.known(
      `${path}/judged/course`,
      has.judged.course,
      target.courses.map(({ code }) => code),
    );
  } else if (has.judged && courses.length > 1) {
    check.fault(`${path}/judged`, 'rulebook-judged-course', { count: String(courses.length) });
  }
  return compileHas(has, path, context.scales, courses[0] ?? null);
}

function requireHours(text: string, path: string, check: Checker): void {
  if (parseHours(text) === undefined) {
    check.fault(path, 'rulebook-number', { value: text, range: '0 –, 1/60' });
  }
}

function checkBounds(bounds: Bounds | null, path: string, context: ConditionContext): void {
  if (!bounds) return;
  if (!context.scales.has(bounds.scale)) {
    context.check.known(`${path}/scale`, bounds.scale, context.scales.names());
    return;
  }
  for (const member of ['atLeast', 'below'] as const) {
    const value = bounds[member];
    if (value !== null) checkValue(bounds.scale, value, `${path}/${member}`, context);
  }
}

function checkValue(scale: string, value: string, path: string, context: ConditionContext): void {
  if (context.scales.has(scale) && !context.scales.rank(scale, value)) {
    context.check.known(path, value, context.scales.valuesOf(scale));
  }
}

/** Every sum clause below a clause. */
export function sumsOf(clause: Clause): SumClause[] {
  if (clause.op === 'sum') return [clause];
  return 'children' in clause ? clause.children.flatMap(sumsOf) : [];
}
