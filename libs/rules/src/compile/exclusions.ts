import type { Checker } from './checker.js';
import type { CompiledCap } from './compiled.js';
import type { Rulebook } from '../document/rulebook.js';

/** Of courses or outcomes that exclude each other one counts: a cap of one application. */
export function exclusionCaps({ exclusions = [] }: Rulebook): CompiledCap[] {
  return exclusions.map(({ id, title, basis, courses, outcomes }, index) => {
    const of = {
      source: [],
      category: [],
      issuer: [],
      elective: [],
      rule: [],
      ...(courses.length > 0 && { course: courses }),
      ...(outcomes.length > 0 && { outcome: outcomes }),
    };
    const cap = { id, title, basis, max: '1', counts: 'applications', of, per: 'learner' } as const;
    return { cap, path: `/exclusions/${index}`, limit: 1n };
  });
}

/** Refuses an exclusion of nothing, and a rule that gives together what excludes each other. */
export function checkExclusions(
  { exclusions = [], rules, target }: Rulebook,
  check: Checker,
): void {
  const known = target.courses.map(({ code }) => code);
  exclusions.forEach(({ courses, outcomes }, index) => {
    const path = `/exclusions/${index}`;
    courses.forEach((code, at) => check.known(`${path}/courses/${at}`, code, known));
    if (courses.length > 0 === outcomes.length > 0) check.fault(path, 'rulebook-exclusion-empty');
  });
  rules.forEach(({ grants, take }, index) => {
    const courses = grants.flatMap(({ course }) => course ?? []);
    for (const { id, courses: apart } of exclusions) {
      const together = courses.filter((code) => apart.includes(code));
      if (take === 'all' && together.length > 1) {
        const params = { course: together.join(' + '), never: id };
        check.fault(`/rules/${index}/grants`, 'rulebook-contradiction', params);
      }
    }
  });
}
