import { base, dayAfter } from './contribution.js';
import { type Contribution, type OutcomeFact, UNKNOWN } from './facts.js';

/** Days on which one thing holds; `until` is the first on which it no longer does, null never. */
interface Spell {
  readonly fact: OutcomeFact;
  readonly category: string;
  readonly day: string;
  readonly until: string | null;
}

/**
 * The highest valid level of skill of a person, day by day: one contribution for each span in which
 * it is the same certificate's and the person's employment is stated alike.
 *
 * @param person outcomes of one person, by day
 */
export function skillSpansOf(person: readonly OutcomeFact[]): Contribution[] {
  const certificates = person.filter(
    ({ skillLevel, passed }) => skillLevel !== null && passed !== false,
  );
  if (certificates.length === 0) return [];
  return spells(turningDays(certificates, person), (day) => {
    const best = bestOn(certificates, day);
    return best && { fact: best, category: `${best.skillLevel}|${employmentOn(person, day)}` };
  }).map(toContribution('skilled'));
}

/** The spans in which a person counts as a double-qualified teacher. */
export function holdersOf(person: readonly OutcomeFact[]): Contribution[] {
  const proofs = person.filter(
    ({ milestone, passed }) => milestone === 'dual-qualified-teacher' && passed !== false,
  );
  return spells(turningDays(proofs, []), (day) => {
    // The newest names the school where the person teaches.
    const proof = proofs.findLast((fact) => isValidOn(fact, day));
    return proof && { fact: proof, category: 'held' };
  }).map(toContribution('dual-qualified'));
}

function toContribution(measure: Contribution['measure']) {
  return ({ fact, category, day, until }: Spell): Contribution => ({
    ...base(fact, measure, category),
    day,
    until,
  });
}

/** Every day on which something can begin, end or be stated anew, in order. */
function turningDays(
  certificates: readonly OutcomeFact[],
  statements: readonly OutcomeFact[],
): string[] {
  const days = [
    ...certificates.flatMap(({ day, validTo }) => [day, dayAfter(validTo)]),
    ...statements.filter(({ circumstances }) => circumstances.employment).map(({ day }) => day),
  ];
  return [...new Set(days)].filter((day) => day !== null).sort();
}

/** What holds from each turning day to the next; neighbours that hold the same are one. */
function spells(
  days: readonly string[],
  holding: (day: string) => { fact: OutcomeFact; category: string } | undefined,
): Spell[] {
  const found: Spell[] = [];
  days.forEach((day, i) => {
    const held = holding(day);
    if (!held) return;
    const until = days[i + 1] ?? null;
    const before = found.at(-1);
    const goesOn =
      before?.until === day && before.fact === held.fact && before.category === held.category;
    if (goesOn) found[found.length - 1] = { ...before, until };
    else found.push({ ...held, day, until });
  });
  return found;
}

/** The highest level that is valid; of equals the one that came first. */
function bestOn(certificates: readonly OutcomeFact[], day: string): OutcomeFact | undefined {
  let best: OutcomeFact | undefined;
  for (const fact of certificates) {
    if (!isValidOn(fact, day)) continue;
    if (!best || (fact.skillLevel as number) < (best.skillLevel as number)) best = fact;
  }
  return best;
}

function isValidOn(fact: OutcomeFact, day: string): boolean {
  return fact.day <= day && (fact.validTo === null || day <= fact.validTo);
}

/** The last statement up to the day counts. */
function employmentOn(person: readonly OutcomeFact[], day: string): string {
  const said = person.findLast((fact) => fact.day <= day && fact.circumstances.employment);
  return said?.circumstances.employment ?? UNKNOWN;
}
