import { multiply, parseDecimal, rational } from '#libs/credit';
import type { Checker } from './checker.js';
import type { CompiledGrant, GrantAmount } from './compiled.js';
import type { TargetCourseDocument } from '../document/document.js';
import type { GrantClause, Rulebook } from '../document/rulebook.js';

/** Compiles one grant of a rule: what it gives, where it goes, how much it is. */
export function compileGrant(
  clause: GrantClause,
  path: string,
  rulebook: Rulebook,
  check: Checker,
): CompiledGrant {
  const { courses, electives } = rulebook.target;
  const course = courses.find(({ code }) => code === clause.course) ?? null;
  const elective = electives.find(({ code }) => code === clause.elective) ?? null;
  if (clause.course !== null && !course) {
    check.known(
      `${path}/course`,
      clause.course,
      courses.map(({ code }) => code),
    );
  }
  if (clause.elective !== null && !elective) {
    check.known(
      `${path}/elective`,
      clause.elective,
      electives.map(({ code }) => code),
    );
  }
  if (!hasTarget(clause)) check.fault(path, 'rulebook-grant-target');
  return {
    effect: clause.effect,
    course,
    elective,
    category: course?.category ?? elective?.category ?? null,
    value: clause.value,
    amount: compileAmount(clause, course, { path: `${path}/credits`, rulebook, check }),
    isPartial: clause.partial,
  };
}

/** Credit goes to a course or a pool; an exemption is of a course or a named exam. */
function hasTarget({ effect, course, elective, value }: GrantClause): boolean {
  if (effect === 'credit') return (course === null) !== (elective === null);
  if (effect === 'exemption') return elective === null && (course === null) !== (value === null);
  return value !== null && course === null && elective === null;
}

function compileAmount(
  { credits, course: named }: GrantClause,
  course: TargetCourseDocument | null,
  { path, rulebook, check }: { path: string; rulebook: Rulebook; check: Checker },
): GrantAmount {
  if (credits === 'of-lot') return { kind: 'of-lot' };
  if (credits === 'of-target') {
    if (named === null) check.fault(path, 'rulebook-grant-target');
    const target = course ? check.credits(path, course.credits) : check.credits(path, '0');
    return { kind: 'fixed', millicredits: target };
  }
  if (typeof credits === 'string') {
    return { kind: 'fixed', millicredits: check.credits(path, credits) };
  }
  const { ratios } = rulebook;
  check.known(`${path}/ratio`, credits.ratio, Object.keys(ratios));
  const ratio = Object.hasOwn(ratios, credits.ratio) ? ratios[credits.ratio] : undefined;
  const max = credits.max === null ? null : check.credits(`${path}/max`, credits.max);
  const hours = (ratio && parseDecimal(ratio.hours)) ?? rational(1n);
  const each = (ratio && parseDecimal(ratio.credits)) ?? rational(0n);
  const step = multiply((ratio && parseDecimal(ratio.round.to)) ?? rational(1n), rational(1000n));
  if (hours.num <= 0n) return { kind: 'of-lot' }; // already a fault of the ratio itself
  return {
    kind: 'ratio',
    perMinute: multiply(each, rational(hours.den * 1000n, hours.num * 60n)),
    step: step.num / step.den > 0n ? step.num / step.den : 1n,
    mode: ratio?.round.mode ?? 'down',
    at: ratio?.round.at ?? 'each-lot',
    max,
  };
}
