import type { Millicredits, Rational, RoundingMode } from '#libs/credit';
import type { LotClause } from '../clauses/has.js';
import type { LeafClause } from '../clauses/leaves.js';
import type { LotTest } from '../clauses/lot-test.js';
import type { Desk } from '../match/desk.js';
import type * as authored from '../document/document.js';
import type { RuleWindows } from '../match/match.js';
import type { Program } from '../match/program.js';
import type { Agreement, Cap, Never, Requirement, Rule, Rulebook } from '../document/rulebook.js';
import type { Scales } from '../learner/scales.js';
import type { Effect } from '../types.js';
import type { Vocabulary } from '../match/vocabulary.js';
import type { RuleIndex } from '../match/watch.js';

/** A rulebook made ready for evaluation. Immutable, so it may be cached by hash and shared. */
export interface CompiledRulebook {
  readonly rulebook: Rulebook;
  /** SHA-256 of the canonical JSON, 64 hex digits: the identity of this version. */
  readonly hash: string;
  readonly scales: Scales;
  readonly stepMillicredits: bigint;
  readonly rules: readonly CompiledRule[];
  readonly caps: readonly CompiledCap[];
  readonly never: readonly CompiledNever[];
  readonly requirements: readonly CompiledRequirement[];
  readonly rights: readonly CompiledRequirement[];
  /** From what a lot is to the rules that look at such lots. */
  readonly index: RuleIndex;
  readonly vocabulary: Vocabulary;
  readonly program: Program;
  readonly windows: RuleWindows;
  /** Where the lots of learners are laid out while they are judged. */
  readonly desk: Desk;
}

export interface CompiledRule {
  readonly rule: Rule;
  readonly path: string;
  readonly when: Clause;
  /** Completion days the lots must lie in, from the rule and from the whole document. */
  readonly windows: readonly LotTest[];
  readonly grants: readonly CompiledGrant[];
  /** Scales of the document, where the grade is recorded on another one. */
  readonly scales?: Scales;
  /** The agreement it rests on. */
  readonly agreement?: Agreement;
  /** Where a remainder goes when it becomes elective credit. */
  readonly remainderTo: authored.ElectiveDocument | null;
}

/** A condition, compiled: groups, and at their ends clauses of the kinds in `clauses/`. */
export type Clause = GroupClause | LeafClause;

/** So many of the clauses below have to be true; no lot serves two of them. */
export interface GroupClause {
  readonly op: 'all' | 'any' | 'at-least';
  readonly path: string;
  readonly needed: number;
  readonly children: readonly Clause[];
}

export interface CompiledGrant {
  readonly effect: Effect;
  readonly course: authored.TargetCourseDocument | null;
  readonly elective: authored.ElectiveDocument | null;
  readonly category: string | null;
  readonly value: string | null;
  readonly amount: GrantAmount;
  readonly isPartial: boolean;
}

export type GrantAmount =
  | { readonly kind: 'fixed'; readonly millicredits: Millicredits }
  | { readonly kind: 'of-lot' }
  | {
      readonly kind: 'ratio';
      /** Thousandths of a credit for one minute. */
      readonly perMinute: Rational;
      readonly step: bigint;
      readonly mode: RoundingMode;
      readonly at: 'each-lot' | 'sum';
      readonly max: Millicredits | null;
    };

export interface CompiledCap {
  readonly cap: Cap;
  /** JSON pointer of the cap, or of the agreement or exclusion that is counted as one. */
  readonly path: string;
  /** Thousandths of a credit, or a plain number when the cap counts applications or lots. */
  readonly limit: bigint;
}

export interface CompiledNever {
  readonly never: Never;
  readonly for: LotClause | null;
}

export interface CompiledRequirement {
  readonly requirement: Requirement;
  readonly path: string;
  readonly neededMillicredits: Millicredits;
}
