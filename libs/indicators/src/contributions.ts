import { addMonths } from '#libs/credit';
import { base } from './contribution.js';
import {
  type Contribution,
  type KnownContribution,
  type LinkFact,
  type OutcomeFact,
  type PersonFacts,
  UNKNOWN,
} from './facts.js';
import { type Period, schoolYearWith, yearWith } from './periods.js';
import { holdersOf, skillSpansOf } from './spells.js';

/** A graduate goes on within so many months of graduating, before it or after it. */
const ONWARD_MONTHS = 12;

/**
 * What a person contributes to every measure, with the history of that: each time at which something
 * was recorded, taken back, given back, linked or parted is looked at, and what changed then begins
 * or ends. A pure function of the facts, so it says the same whenever and in whatever order they
 * came.
 */
export function contributionsOf(facts: PersonFacts): KnownContribution[] {
  const done: KnownContribution[] = [];
  let open = new Map<string, KnownContribution>();
  for (const moment of momentsOf(facts)) {
    const next = new Map<string, KnownContribution>();
    for (const contribution of contributionsAt(facts, moment)) {
      const key = keyOf(contribution);
      next.set(key, open.get(key) ?? { ...contribution, knownFrom: moment, knownTo: null });
    }
    for (const [key, before] of open) {
      if (!next.has(key)) done.push({ ...before, knownTo: moment });
    }
    open = next;
  }
  return [...done, ...open.values()];
}

/** What the bank knew of the contributions of a person at a moment. */
export function contributionsAt(facts: PersonFacts, moment: number): Contribution[] {
  const known = facts.outcomes.filter((fact) => stands(fact, moment)).sort(inOrder);
  return peopleAmong(known, facts.links, moment).flatMap((person) => [
    ...trainings(person),
    ...learnerYears(person, facts.alternativeIds),
    ...graduations(person),
    ...gates(person),
    ...skillSpansOf(person),
    ...holdersOf(person),
  ]);
}

function momentsOf({ outcomes, links }: PersonFacts): number[] {
  const all = [
    ...outcomes.flatMap(({ recordedAt, turns }) => [recordedAt, ...turns]),
    ...links.map(({ recordedAt }) => recordedAt),
  ];
  return [...new Set(all)].sort((a, b) => a - b);
}

function stands({ recordedAt, turns }: OutcomeFact, moment: number): boolean {
  return recordedAt <= moment && turns.filter((turn) => turn <= moment).length % 2 === 0;
}

/** By day, then by id, so that "the first" is always the same one. */
function inOrder(a: OutcomeFact, b: OutcomeFact): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return a.lotId < b.lotId ? -1 : 1;
}

/** The outcomes of each person, as accounts were linked at the moment. */
function peopleAmong(
  outcomes: readonly OutcomeFact[],
  links: readonly LinkFact[],
  moment: number,
): OutcomeFact[][] {
  const then = links.filter(({ recordedAt }) => recordedAt <= moment);
  const undone = new Set(then.map(({ undoesId }) => undoesId));
  const leads = new Map<string, string>();
  const leadOf = (id: string): string => {
    const lead = leads.get(id);
    return lead === undefined ? id : leadOf(lead);
  };
  for (const { id, survivorId, absorbedId, undoesId } of then) {
    if (undoesId !== null || undone.has(id)) continue;
    const [survivor, absorbed] = [leadOf(survivorId), leadOf(absorbedId)];
    if (survivor !== absorbed) leads.set(absorbed, survivor);
  }
  const people = new Map<string, OutcomeFact[]>();
  for (const fact of outcomes) {
    const lead = leadOf(fact.learnerId);
    const person = people.get(lead);
    if (person) person.push(fact);
    else people.set(lead, [fact]);
  }
  return [...people.values()];
}

/** Every completed training is one person-time. */
function trainings(person: readonly OutcomeFact[]): Contribution[] {
  return person
    .filter(({ isTraining, passed }) => isTraining && passed !== false)
    .map((fact) => {
      const { groups, trainingKind, subsidised } = fact.circumstances;
      const paid = subsidised === null ? UNKNOWN : subsidised ? 'yes' : 'no';
      const who = groups === null ? UNKNOWN : groups.length === 0 ? 'none' : groups.join('+');
      const hours = fact.minutes === null ? UNKNOWN : 'known';
      const category = [trainingKind ?? UNKNOWN, paid, who, hours].join('|');
      return { ...base(fact, 'training', category), minutes: fact.minutes ?? 0n };
    });
}

/** Each person once a year and once a school year, at the first outcome in it. */
function learnerYears(
  person: readonly OutcomeFact[],
  alternativeIds: ReadonlySet<string>,
): Contribution[] {
  const document = person.some(({ learnerId }) => alternativeIds.has(learnerId))
    ? 'alternative'
    : 'resident-id';
  const once = (
    measure: 'learner-year' | 'learner-school-year',
    periodWith: (day: string) => Period,
  ): Contribution[] => {
    const years = new Map(person.map((fact) => [periodWith(fact.day).id, periodWith(fact.day)]));
    return [...years.values()].flatMap(({ from, to }) => {
      const within = person.filter(({ day }) => day >= from && day <= to);
      const [first] = within;
      if (!first) return [];
      const category = [originOf(within), document, chineseAndSkill(person, to)].join('|');
      return [base(first, measure, category)];
    });
  };
  return [...once('learner-year', yearWith), ...once('learner-school-year', schoolYearWith)];
}

/** The last statement counts. */
function originOf(within: readonly OutcomeFact[]): string {
  return (
    within.findLast(({ circumstances }) => circumstances.origin)?.circumstances.origin ?? UNKNOWN
  );
}

/** 中文+职业技能: a language test passed and a training or certificate beside it. */
function chineseAndSkill(person: readonly OutcomeFact[], to: string): 'both' | 'not-both' {
  const known = person.filter(({ day, passed }) => day <= to && passed !== false);
  const speaks = known.some(({ milestone }) => milestone === 'chinese-language');
  const works = known.some(({ isTraining, skillLevel }) => isTraining || skillLevel !== null);
  return speaks && works ? 'both' : 'not-both';
}

/** Each graduate of secondary vocational education once, by the way on. */
function graduations(person: readonly OutcomeFact[]): Contribution[] {
  const graduation = person.find(
    ({ milestone, passed }) => milestone === 'secondary-graduation' && passed !== false,
  );
  if (!graduation) return [];
  const onward = person.find(
    ({ milestone, day, passed }) =>
      milestone?.startsWith('onward-') === true &&
      passed !== false &&
      day >= addMonths(graduation.day, -ONWARD_MONTHS) &&
      day <= addMonths(graduation.day, ONWARD_MONTHS),
  );
  const way = onward?.milestone?.slice('onward-'.length) ?? 'none';
  return [base(graduation, 'graduate', way)];
}

/** Each learner once a pathway: a passed gate counts before a failed one, the last of equals. */
function gates(person: readonly OutcomeFact[]): Contribution[] {
  return (['gate-3-2', 'gate-five-year'] as const).flatMap((gate) => {
    const tries = person.filter(({ milestone }) => milestone === gate);
    const decides =
      tries.findLast(({ passed }) => passed === true) ??
      tries.findLast(({ passed }) => passed === false) ??
      tries.at(-1);
    if (!decides) return [];
    const result = decides.passed === null ? UNKNOWN : decides.passed ? 'passed' : 'failed';
    return [base(decides, 'gate', `${gate.slice('gate-'.length)}|${result}`)];
  });
}

function keyOf(one: Contribution): string {
  return [
    one.lotId,
    one.measure,
    one.category,
    one.day,
    one.until ?? '',
    one.minutes,
    one.institutionId,
  ].join('\n');
}
