import type { Repair, Step } from '../clauses/leaf.js';
import type { LearnerReading } from '../clauses/learner-test.js';
import { untilTest } from '../clauses/completed.js';
import type { OutcomeSelect } from '../clauses/has.js';
import type { LotTest } from '../clauses/lot-test.js';
import type { SumClause } from '../clauses/sum.js';
import type { CompiledRulebook } from '../compile/compiled.js';
import { cutOffDay } from '../learner/calendar.js';
import type { Held } from '../learner/held.js';
import { kinOf, type Lot, type LotPolicy, readLots } from '../learner/lots.js';
import type { Change, Finding, LearnerFacts, OutcomeFact } from '../types.js';
import { imagine, type Imagined } from './imagine.js';
import {
  changesOfNew,
  changeTo,
  codesOf,
  isCodeOf,
  type NewOutcome,
  unstated,
  without,
} from './new-outcome.js';

/** What a plan is made for. */
export interface Situation {
  readonly rulebook: CompiledRulebook;
  readonly facts: LearnerFacts;
  readonly held: Held;
  readonly policy: LotPolicy;
  /** Completion days that the rule asks of lots that are used up. */
  readonly windows: readonly LotTest[];
}

/** What is to be done, and what would be the case when just that much of it is done. */
export interface Plan {
  readonly changes: readonly Change[];
  /** Lots that changed and outcomes that are new. */
  readonly outcomes: readonly OutcomeFact[];
  readonly findings: readonly Finding[];
  readonly learner: LearnerReading['learner'];
}

/**
 * Says everything that one way to make a condition true asks for. Of a lot that has to change all
 * questions about the values that change are told, also those whose answer is right as it is: a
 * better value for one clause must not be the wrong one for another. Null when it cannot be done.
 */
export function planOf(way: Repair, situation: Situation): Plan | null {
  const builder = new Builder(way, situation);
  return way.steps.every((step) => builder.add(step)) ? builder : null;
}

class Builder implements Plan {
  readonly changes: Change[] = [];
  readonly outcomes: OutcomeFact[] = [];
  readonly findings: Finding[] = [];
  learner: LearnerReading['learner'];
  /** What is asked of each lot that the way rests on, by all clauses together. */
  readonly #asked = new Map<Lot, LotTest[]>();
  readonly #told = new Set<Lot>();
  /** Lots that the sum of the way is made of. */
  readonly #counted: readonly Lot[];
  readonly #new: OutcomeSelect[] = [];
  /** In the last semester nothing counts that is completed too late (R34). */
  readonly #until: readonly LotTest[];

  constructor(
    private readonly way: Repair,
    private readonly situation: Situation,
  ) {
    const { held, rulebook, facts } = situation;
    this.learner = held.reading.learner;
    const last = cutOffDay(rulebook.rulebook.calendar, facts.graduates);
    this.#until = last === null ? [] : [untilTest(last)];
    for (const step of way.steps) {
      if (step.kind !== 'lot') continue;
      const known = this.#asked.get(step.lot) ?? [];
      this.#asked.set(step.lot, [...new Set([...known, ...step.tests])]);
    }
    const sums = way.steps.flatMap((step) => (step.kind === 'sum' ? [step.sum] : []));
    this.#counted = sums.flatMap((sum) => this.#countedOf(sum));
  }

  /** Answers whether it can be done. */
  add(step: Step): boolean {
    switch (step.kind) {
      case 'lot':
        return this.#addLot(step.lot);
      case 'new':
        return this.#addNew(step, () => null);
      case 'sum':
        return this.#addSum(step);
      case 'learner':
        return this.#addLearner(step);
    }
  }

  #addLot(lot: Lot): boolean {
    if (this.#told.has(lot)) return true;
    this.#told.add(lot);
    const asked = this.#asked.get(lot) ?? [];
    const { reading } = this.situation.held;
    const failed = this.#failed(lot);
    const told = toldOf(asked, failed);
    if (told.length === 0) return true;
    if (!this.#isKeptWith(lot, told, failed)) return false;
    const dated = told.some(({ field }) => field === 'completed') ? this.#until : [];
    const imagined = this.#imagine(lot.fact, [...asked, ...dated]);
    if (!imagined) return false;
    this.#keep(imagined);
    for (const test of [...told, ...dated]) {
      this.changes.push(changeTo(test, lot.id, test.read(lot, reading)));
    }
    return true;
  }

  /**
   * Whether the same lot of a family is kept, whatever fitting values this one gets: its level and
   * worth do not change, or it is the one that is kept and they can only rise.
   */
  #isKeptWith(lot: Lot, told: readonly LotTest[], failed: readonly LotTest[]): boolean {
    const ranks = told.filter(
      ({ values }) => values.includes('level') || values.includes('credits'),
    );
    const isRising = ranks.every(
      (test) => test.wanted.startsWith('>=') && test.values.length === 1 && failed.includes(test),
    );
    if (ranks.length === 0 || (isRising && lot.block === null)) return true;
    const { held, policy } = this.situation;
    return kinOf(held.lots, policy).every(({ lots }) => lots.length < 2 || !lots.includes(lot));
  }

  #failed(lot: Lot): LotTest[] {
    const { reading } = this.situation.held;
    const asked = this.#asked.get(lot) ?? [];
    return asked.filter((test) => test.verdict(lot, reading) !== 'true');
  }

  #addSum({ sum, joined }: Extract<Step, { kind: 'sum' }>): boolean {
    const reached = sum.total(this.#counted);
    const short = sum.atLeast - reached - sum.total(joined);
    if (short <= 0n) return true;
    const amount = sum.shortTest(short);
    const { select, tests } = sum.of;
    const all = [amount, ...tests, ...this.situation.windows];
    const step = { select, tests: all, isEvidence: false };
    return this.#addNew(step, (test) => (test === amount ? sum.format(reached) : null));
  }

  /** Lots of a sum that count as they are and that nothing else takes or changes. */
  #countedOf(sum: SumClause): Lot[] {
    return sum
      .counted(this.situation)
      .filter((lot) => !this.way.lots.includes(lot) && this.#failed(lot).length === 0);
  }

  #addNew(asked: NewOutcome, readOf: (test: LotTest) => string | null): boolean {
    const number = this.#new.length + 1;
    const tests = [...asked.tests, ...this.#until];
    const imagined = this.#imagine(unstated(asked.select, number), tests);
    const select = imagined && this.#admissible(asked, imagined);
    if (!select) return false;
    this.#new.push(select);
    const isNameNew = (this.situation.rulebook.rulebook.duplicates ?? []).length > 0;
    this.changes.push(...changesOfNew({ ...asked, select, tests }, number, { isNameNew, readOf }));
    const { outcome } = unstated(select, number);
    this.#keep({ ...imagined, fact: { ...imagined.fact, outcome } });
    return true;
  }

  /**
   * Of similar outcomes one counts. A code of a family is left out when another outcome of this way
   * is of the same family, or when one that is there would be kept instead of it.
   */
  #admissible({ select, isEvidence }: NewOutcome, imagined: Imagined): OutcomeSelect | null {
    const { held, policy } = this.situation;
    const excluded = policy.families.flatMap(({ outcomes }) => {
      const isOf = (lot: Lot): boolean => outcomes.includes(lot.fact.outcome);
      const isNeeded =
        this.way.lots.some(isOf) ||
        this.#counted.some(isOf) ||
        this.#new.some((other) => outcomes.some((code) => isCodeOf(other, code)));
      if (isNeeded) return outcomes;
      if (isEvidence || !held.lots.some(isOf)) return [];
      return select.codes.length === 0
        ? outcomes
        : outcomes.filter((code) => isCodeOf(select, code) && !this.#isKept(imagined, code));
    });
    return without({ ...select, codes: codesOf(select) }, excluded);
  }

  #isKept({ fact }: Imagined, outcome: string): boolean {
    const { facts, held, policy } = this.situation;
    const outcomes = [...held.lots.map((lot) => lot.fact), { ...fact, outcome }];
    const lots = readLots({ ...facts, outcomes }, policy, held.reading.on);
    return lots.some((lot) => lot.id === fact.lot && lot.block === null);
  }

  #addLearner({ tests }: Extract<Step, { kind: 'learner' }>): boolean {
    const { reading } = this.situation.held;
    for (const test of tests) {
      const now = { ...reading, learner: this.learner };
      if (test.verdict(now) === 'true') continue;
      this.learner = { ...this.learner, ...test.example(now) };
      const { field: kind, wanted } = test;
      this.changes.push({ kind, lot: null, outcomes: [], wanted, read: test.read(reading) });
    }
    return true;
  }

  #imagine(fact: OutcomeFact, tests: readonly LotTest[]): Imagined | null {
    const { held, policy } = this.situation;
    return imagine(fact, tests, { reading: held.reading, policy });
  }

  #keep({ fact, findings }: Imagined): void {
    const state = fact.state === 'registered' && fact.credits !== null ? 'available' : fact.state;
    this.outcomes.push({ ...fact, state });
    this.findings.push(...findings);
  }
}

/** Questions to be told when some of them fail: those too that look at a value that changes. */
function toldOf(asked: readonly LotTest[], failed: readonly LotTest[]): LotTest[] {
  const changing = new Set(failed.flatMap(({ values }) => values));
  for (let size = -1; size !== changing.size;) {
    size = changing.size;
    for (const { values } of asked) {
      if (values.some((value) => changing.has(value))) values.forEach((one) => changing.add(one));
    }
  }
  return asked.filter(({ values }) => values.some((value) => changing.has(value)));
}
