import type { Text } from '#libs/problems';
import type { Checker } from '../compile/checker.js';
import type { Lot } from '../learner/lots.js';
import type { Rulebook, Target } from '../document/rulebook.js';
import type { Scales } from '../learner/scales.js';
import type { OutcomeFact, Verdict } from '../types.js';
import type { Vocabulary } from '../match/vocabulary.js';
import type { LotField, LotWait } from './lot-tests.js';

/** What a test of a lot may read besides the lot. Nothing else is read: no clock, no locale. */
export interface Reading {
  /** The day of the evaluation. */
  readonly on: string;
  readonly finding: (what: string, lot: string, course: string | null) => string | undefined;
}

/** A value that an outcome could have: facts of it, or what a person finds about it. */
export interface Example {
  readonly fact?: Partial<OutcomeFact>;
  readonly finding?: string;
}

/** One question asked of a lot, for example "grade at least 60". */
export interface LotTest {
  /** What the question is about: the operator of its reason and the kind of a change. */
  readonly field: LotField;
  readonly wanted: string;
  /**
   * Whether a lot that has a value can get another one. Who issued it, for example, does not change;
   * what is unknown can be found out.
   */
  readonly canChange: boolean;
  /** Names of the values it looks at: when one changes, all questions about it are told. */
  readonly values: readonly string[];
  readonly course: string | null;
  /** Name of the finding, when a person has to make one. */
  readonly finding: string | null;
  verdict(lot: Lot, reading: Reading): Verdict;
  /** The value that was read, as people write it; null when it is unknown. */
  read(lot: Lot, reading: Reading): string | null;
  /** What is unknown when the verdict is `not-evaluated`. */
  waitsFor(lot: Lot): LotWait;
  /** Values that would be just enough if nothing else were asked of an outcome with these facts. */
  examples(fact: OutcomeFact, on: string): readonly Example[];
}

export interface ConditionContext {
  readonly check: Checker;
  readonly scales: Scales;
  readonly target: Target;
  /** What the clauses of the rulebook speak of. */
  readonly vocabulary: Vocabulary;
  /** Courses the rule leads to: what a finding is about when its clause does not say. */
  readonly courses: readonly string[];
  /** How the groups are read that a parameter joins. */
  readonly parameters?: Rulebook['parameters'];
}

/**
 * A kind of question that a `has` clause may ask: one member of it. One file each, named in
 * `lot-tests.ts`; the README of this library has the recipe.
 */
export interface LotTestKind<
  Member extends string,
  Written,
  Canonical,
  Field extends string = Member,
  Wait extends string = Field,
> {
  /** Name of the member in documents. */
  readonly member: Member;
  readonly field: Field;
  /**
   * Fills the defaults of the member. A kind that is newer than a published document answers
   * undefined where the document says nothing, so that the document keeps its hash.
   */
  canonical(written: Written | undefined): Canonical;
  /** Refuses what cannot be meant, with the path of the fault. */
  check(value: Canonical, path: string, context: ConditionContext): void;
  /** The questions, in the order in which they are explained; none when nothing is asked. */
  compile(value: Canonical, context: ConditionContext): LotTest[];
  readonly sentences: {
    /** What the learner would have to do; may use `{wanted}`. */
    readonly change: Text;
    /** What is unknown, by its code; may use `{lot}`, `{course}` and `{wanted}`. */
    readonly waits: Readonly<Record<Wait, Text>>;
  };
}

/** A question with what most questions have in common. */
export function lotTest(
  own: Pick<LotTest, 'field' | 'wanted' | 'verdict' | 'read' | 'examples'> & Partial<LotTest>,
  waitsFor: LotWait,
): LotTest {
  return {
    canChange: true,
    values: [own.field],
    course: null,
    finding: null,
    waitsFor: () => waitsFor,
    ...own,
  };
}

export function truth(isTrue: boolean | undefined): Verdict {
  return isTrue === undefined ? 'not-evaluated' : isTrue ? 'true' : 'false';
}
