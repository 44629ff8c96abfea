import type { LotClause, OutcomeSelect } from './has.js';
import type { LearnerTest } from './learner-test.js';
import type { ConditionContext, LotTest } from './lot-test.js';
import type { SumClause } from './sum.js';
import type { Held } from '../learner/held.js';
import type { Lot } from '../learner/lots.js';
import type { Mark } from '../match/mark.js';
import type { ReasonNode, Verdict, Waiting } from '../types.js';
import type { LotKey } from '../match/vocabulary.js';

/** One way in which lots of the learner satisfy a condition, surely or if something unknown is so. */
export interface Binding {
  /** Lots that are used up, in the order of the clauses that name them. */
  readonly lots: readonly Lot[];
  /** Lots that only prove something. */
  readonly evidence: readonly Lot[];
  /** Lots of which as many are taken as are needed. */
  readonly pool: { readonly sum: SumClause; readonly members: readonly Lot[] } | null;
  /** What is unknown; empty when the condition is surely true. */
  readonly waitsFor: readonly Waiting[];
}

/** The way that uses nothing. */
export const NOTHING: Binding = { lots: [], evidence: [], pool: null, waitsFor: [] };

/** One way to make a clause true: what it rests on, and the lots it would then use up. */
export interface Repair {
  /** How many values have to change; a new outcome counts for more. */
  readonly cost: number;
  readonly lots: readonly Lot[];
  /** In the order of the clauses. */
  readonly steps: readonly Step[];
}

/** Something that has to be true of a lot, of an outcome not there yet, of a sum or of the learner. */
export type Step =
  | {
      readonly kind: 'lot';
      readonly lot: Lot;
      readonly tests: readonly LotTest[];
      readonly isEvidence: boolean;
    }
  | {
      readonly kind: 'new';
      readonly select: OutcomeSelect;
      readonly tests: readonly LotTest[];
      readonly isEvidence: boolean;
    }
  | {
      readonly kind: 'sum';
      readonly sum: SumClause;
      /** Lots that count when they have changed; they stand as steps of their own too. */
      readonly joined: readonly Lot[];
    }
  | { readonly kind: 'learner'; readonly tests: readonly LearnerTest[] };

/** For whom a repair is looked for. */
export interface Asking {
  readonly held: Held;
  /** What the rule and its document ask of every lot that is used up. */
  readonly windows: readonly LotTest[];
}

/** A completed outcome costs the learner more than a better value of one they have. */
export const COST_OF_AN_OUTCOME = 10;

/** Keys of lots without which a clause cannot become true; null when it can without any such lot. */
export type Watch = readonly LotKey[] | null;

export interface Search {
  readonly keys: readonly number[];
  readonly tests: readonly number[];
}

/** A clause with no clauses below it, ready to be asked. */
export interface Leaf {
  readonly path: string;
  readonly watch: Watch;
  /** What it asks of single lots. */
  readonly lotClauses: readonly LotClause[];
  /**
   * Numbers of the keys it finds lots by and of the questions it asks of each, when that is all it
   * does; null when `judge` has to be asked.
   */
  readonly search: Search | null;
  /** Its verdict, and the lot that comes nearest to it where it asks for one lot. */
  judge(held: Held): Mark;
  /** What it wanted, what was read, from which lot: `judge` in words. */
  explain(rule: string, held: Held, mark: Mark): ReasonNode;
  /** Every way to satisfy it; one that waits for something unknown is among them. */
  ways(held: Held): Binding[];
  /** Ways to make it true; one that changes nothing when it is true. */
  repairs(asking: Asking): Repair[];
}

/**
 * A kind of clause: the name it has in documents, its canonical form, and how it is compiled. One
 * file each, named in `leaves.ts`.
 */
export interface LeafKind<Member extends string, Written, Canonical, Compiled extends Leaf> {
  /** The member of a condition by which a document names the clause; its `op` in canonical form. */
  readonly member: Member;
  canonical(written: Written): Canonical;
  /** Refuses what cannot be meant through `context.check`. */
  compile(condition: Canonical, path: string, context: ConditionContext): Compiled;
}

/** A node of a reason tree; what is not said is nothing. */
export function nodeOf(
  path: string,
  rule: string,
  rest: Omit<ReasonNode, 'path' | 'rule' | 'lot' | 'children'> &
    Partial<Pick<ReasonNode, 'lot' | 'children'>>,
): ReasonNode {
  return { path, rule, lot: null, children: [], ...rest };
}

/** The verdict of several questions that all have to be true. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('false')) return 'false';
  return verdicts.includes('not-evaluated') ? 'not-evaluated' : 'true';
}
