import type { Addition } from '#libs/planner';
import { evaluate, type LearnerFacts, type OutcomeFact } from '#libs/rules';
import { dayOf } from '../rules/documents.js';
import { Dice } from '../rules/workload.js';
import type { Market, OfferKind, Programme } from './programmes.js';

/** One learner who plans: what there is already, and the catalogue to choose from. */
export interface Case {
  readonly facts: LearnerFacts;
  readonly catalogue: readonly Addition[];
}

/** The day of every question, in days since 1970. */
const TODAY = 20_550;
export const ON = dayOf(TODAY);
/** How many outcomes a learner has: from nobody's to nearly all that is needed. */
const MOST_OUTCOMES = 36;
/** Learners some of whose outcomes an earlier decision counts already. */
const DECIDED = 0.3;

/**
 * A learner and a catalogue as the market of a programme has them; the same seed gives the same.
 * Grades are passed by nine of ten, attendance is mostly enough, and ages are those of adults.
 */
export function caseOf({ rulebook, market }: Programme, seed: number): Case {
  const dice = new Dice(seed);
  const [fewest, most] = market.offers;
  const count = fewest + dice.below(most - fewest + 1);
  const catalogue = Array.from({ length: count }, (_, at) =>
    additionOf(market, dice, `offer-${at}`),
  );
  const outcomes = Array.from({ length: dice.below(MOST_OUTCOMES + 1) }, (_, at) =>
    outcomeOf(additionOf(market, dice, `own-${at}`), at, dice),
  );
  const facts: LearnerFacts = {
    born: dayOf(TODAY - 365 * (18 + dice.below(55)) - dice.below(365)),
    outcomes,
    findings: [],
    granted: [],
    enrolledIn: [],
  };
  if (dice.roll() >= DECIDED) return { facts, catalogue };
  const earlier = { ...facts, outcomes: outcomes.filter(() => dice.roll() < 0.5) };
  const { granted } = evaluate(rulebook, earlier, ON);
  return { facts: { ...facts, granted }, catalogue };
}

/** What a learner asks about when the question is what a few more outcomes would bring. */
export function someOf(catalogue: readonly Addition[], count: number): readonly Addition[] {
  return catalogue.slice(0, count);
}

function additionOf({ kinds, institutions }: Market, dice: Dice, name: string): Addition {
  const kind = kinds[dice.weighted(kinds.map(({ share }) => share))] as OfferKind;
  const credits = dice.oneOf(kind.credits);
  const hours = dice.oneOf(kind.hours) * (credits === null ? 1 : Number(credits));
  const code = kind.codes ? dice.oneOf(kind.codes) : name;
  const level = kind.level?.[1][Math.max(0, kind.codes?.indexOf(code) ?? 0) % kind.level[1].length];
  return {
    outcome: code,
    title: `${code} ${name}`,
    source: kind.source,
    kind: kind.source,
    category: dice.oneOf(kind.categories),
    issuer: `institution-${dice.below(institutions)}`,
    credits,
    hours: String(hours),
    months: dice.oneOf(kind.months),
    grade: '80',
    gradeScale: 'percent',
    passGrade: '60',
    ...(kind.level && { level: level ?? null, levelScale: kind.level[0] }),
    attendancePercent: '100',
  };
}

function outcomeOf(addition: Addition, at: number, dice: Dice): OutcomeFact {
  const { months: _, ...of } = addition;
  const completed = dayOf(TODAY - dice.below(3 * 365));
  return {
    level: null,
    levelScale: null,
    passGrade: null,
    gradeScale: null,
    ...of,
    lot: `lot-${String(at).padStart(3, '0')}`,
    grade: String(dice.roll() < 0.9 ? 60 + dice.below(41) : 40 + dice.below(20)),
    attendancePercent: String(dice.roll() < 0.95 ? 80 + dice.below(21) : 60),
    available: addition.credits ?? '0',
    completed,
    deposited: completed,
    expiresOn: null,
    state: addition.credits === null ? 'registered' : 'available',
    usedFor: [],
  };
}
