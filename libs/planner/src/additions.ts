import type { LearnerFacts, OutcomeFact } from '#libs/rules';
import type { Addition } from './types.js';

/**
 * Ids for outcomes that are only imagined, one for each. None of them is the id of a lot in the
 * facts, and they do not depend on how the caller keeps his facts.
 */
export function imaginedLots(facts: LearnerFacts, count: number): string[] {
  const taken = [
    ...facts.outcomes.map(({ lot }) => lot),
    ...facts.granted.flatMap(({ uses, lots = [] }) => [...uses.map(({ lot }) => lot), ...lots]),
  ];
  let prefix = 'addition-';
  while (taken.some((lot) => lot.startsWith(prefix))) prefix = `${prefix}-`;
  // Written so that they stand in the same order as texts.
  const { length } = String(count);
  return Array.from(
    { length: count },
    (_, index) => `${prefix}${String(index + 1).padStart(length, '0')}`,
  );
}

/** The outcome as if it had been completed, and its credit deposited, on a day. */
export function outcomeOf(addition: Addition, lot: string, completed: string): OutcomeFact {
  const { outcome, title, source, kind, category, issuer, credits, hours, grade } = addition;
  return {
    lot,
    outcome,
    title,
    source,
    kind,
    category,
    issuer,
    grade,
    gradeScale: addition.gradeScale ?? null,
    passGrade: addition.passGrade ?? null,
    level: addition.level ?? null,
    levelScale: addition.levelScale ?? null,
    credits,
    available: credits ?? '0',
    hours,
    attendancePercent: addition.attendancePercent ?? null,
    completed,
    deposited: completed,
    expiresOn: null,
    state: credits === null ? 'registered' : 'available',
    usedFor: [],
  };
}

/** A copy of the facts with more outcomes; the facts themselves stay as they are. */
export function withOutcomes(facts: LearnerFacts, more: readonly OutcomeFact[]): LearnerFacts {
  return { ...facts, outcomes: [...facts.outcomes, ...more] };
}
