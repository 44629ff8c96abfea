import type { Text } from '#libs/problems';
import type { LearnerField, LearnerWait } from './clauses/learner-tests.js';
import type { LotField, LotWait } from './clauses/lot-tests.js';

/**
 * What goes into an evaluation and what comes out. Every value is JSON-safe: amounts and hours are
 * decimal strings, days are `yyyy-MM-dd`, dates of completion are as precise as their source.
 * `null` means unknown or absent and never stands for a default.
 */

/** What rules select on: where an outcome was learned. */
export type Source = 'course' | 'online-course' | 'certificate' | 'training' | 'outreach';

/**
 * Where a lot stands in the ledger. `registered` = recorded without a deposit, because its worth is
 * unknown; `failed` = recorded as not passed or attended too little, so that it gives nothing (R10, R17).
 */
export type LotState =
  'available' | 'held' | 'used' | 'revoked' | 'expired' | 'registered' | 'failed';

/**
 * How often credit counts: `single-use` credit once anywhere, `per-programme` credit once in each
 * programme. It never counts twice in one programme.
 */
export type LotScope = 'single-use' | 'per-programme';

/** One learning outcome of the learner, as the ledger knows it on the day of the evaluation. */
export interface OutcomeFact {
  /** Id of the lot; identity of the outcome within the facts. */
  readonly lot: string;
  /** Code in the outcome catalogue. */
  readonly outcome: string;
  readonly title: string;
  readonly source: Source;
  readonly kind: string;
  /** Category the credit was deposited in. */
  readonly category: string;
  /** Code of the institution that posted the outcome. */
  readonly issuer: string;
  readonly grade: string | null;
  readonly gradeScale: string | null;
  /** Pass mark of the sending school, on the same scale as the grade (R10). */
  readonly passGrade: string | null;
  readonly level: string | null;
  readonly levelScale: string | null;
  /** What the outcome was worth when it was deposited, in credits. */
  readonly credits: string | null;
  /** What is left of it to use in this programme, in credits. */
  readonly available: string;
  readonly hours: string | null;
  readonly attendancePercent: string | null;
  /** Partial date: `2026`, `2026-06` or `2026-06-30`. */
  readonly completed: string;
  /** Day of the deposit; shelf life counts from it (R45). */
  readonly deposited: string | null;
  /** The last day on which the lot can be used; set by its issuer. */
  readonly expiresOn: string | null;
  readonly state: LotState;
  /** Earlier conversions of this lot, in this programme or any other (R19, R46). */
  readonly usedFor: readonly { readonly programme: string; readonly course: string | null }[];
}

/** What a person found: for example 70 percent content overlap of a lot with a course (R07). */
export interface Finding {
  readonly what: string;
  readonly lot: string;
  /** Course of the target programme; null when the finding is about the lot alone. */
  readonly course: string | null;
  readonly value: string;
}

/**
 * A grant booked by an earlier decision in this programme. It fills its course and counts against
 * the caps and requirements. Every member has the name and meaning it has in {@link Grant}, so a
 * stored grant can be handed back as it is.
 */
export interface PriorGrant {
  readonly rule: string;
  readonly course: string | null;
  readonly elective: string | null;
  readonly category: string | null;
  readonly credits: string;
  readonly sources: readonly Source[];
  readonly issuers: readonly string[];
  readonly uses: readonly { readonly lot: string }[];
  /** Every lot it rests on; where left out, those it uses. */
  readonly lots?: readonly string[];
  /** Completion days of its lots, partial dates; only where the programme counts by periods. */
  readonly completed?: readonly string[];
}

/** What other programmes have counted under a cap that this one shares with them. */
export interface AccountFact {
  readonly account: string;
  /** Credits as a decimal, or a plain number when the cap counts applications or lots. */
  readonly counted: string;
}

/**
 * What the parties of an agreement have signed, beside what the rules say of it. Each of its members
 * only ever takes away from what the rules allow.
 */
export interface AgreementFact {
  readonly agreement: string;
  /** Why nothing is recognised under it, in one word; null while something is. */
  readonly closed: string | null;
  /** Lots that it is not about. */
  readonly outside: readonly string[];
  /** What this side accepts of one learner, in credits. */
  readonly accepts: string;
  /** What is left of the quota of this side, in credits; null when it has none. */
  readonly left: string | null;
}

export interface LearnerFacts {
  /** Day of birth, when the learner's document tells it. */
  readonly born: string | null;
  readonly outcomes: readonly OutcomeFact[];
  readonly findings: readonly Finding[];
  readonly granted: readonly PriorGrant[];
  /** Codes of the programmes the learner is enrolled in. */
  readonly enrolledIn: readonly string[];
  /** The month in which the learner is to graduate, `yyyy-MM`; left out while it is not known. */
  readonly graduates?: string;
  /** Left out when no cap is shared with other programmes. */
  readonly accounts?: readonly AccountFact[];
  /** Left out when the rules rest on no agreement that is on record. */
  readonly agreements?: readonly AgreementFact[];
}

/** What a grant gives: credit, release from a course or exam, a test score, or a right. */
export type Effect = 'credit' | 'exemption' | 'score' | 'right';

export type RemainderPolicy = 'forfeit' | 'keep' | 'elective';

export interface LotUse {
  readonly lot: string;
  /** Taken from the lot in all, in its credits; includes what is forfeited. */
  readonly amount: string;
  /** The part of `amount` that nothing was granted for. */
  readonly forfeited: string;
}

export interface Grant {
  readonly rule: string;
  readonly ruleTitle: Text;
  /** Clause of the regulation this rests on. */
  readonly basis: string | null;
  readonly effect: Effect;
  /** Course of the target programme that is replaced or exempted. */
  readonly course: string | null;
  readonly courseTitle: Text | null;
  /** Elective pool of the target programme that receives the credit. */
  readonly elective: string | null;
  readonly category: string | null;
  readonly credits: string;
  /** A test score, or the name of the right or exam, when the effect is not credit. */
  readonly value: string | null;
  /**
   * Lots this grant uses up. When one application of a rule gives several grants, the lots are
   * listed on its first grant only, so that summing `uses` over all grants counts nothing twice.
   */
  readonly uses: readonly LotUse[];
  /** Every lot that this grant rests on, also those listed at another grant or not used up. */
  readonly lots: readonly string[];
  readonly sources: readonly Source[];
  readonly issuers: readonly string[];
  readonly remainder: RemainderPolicy;
  /** Grade to enter at the receiving school: a mark, `exempt` (免考), or null. */
  readonly grade: string | null;
  /** Completion days of its lots, partial dates; only where the programme counts by periods. */
  readonly completed?: readonly string[];
}

/** Why a possible conversion was not granted. Closed; each code has its texts in `narrate.ts`. */
export type ReasonCode =
  | 'condition-false'
  | 'not-in-force'
  | 'lot-used'
  | 'lot-held'
  | 'lot-revoked'
  | 'lot-expired'
  | 'lot-failed'
  | 'lot-too-small'
  | 'lot-unreadable'
  | 'lot-after-cut-off'
  | 'lot-better-used'
  | 'target-filled'
  | 'cap'
  | 'family'
  | 'never-convertible'
  | 'agreement-closed'
  | 'outside-agreement';

/** Where a rule leads: a course, an elective pool, or neither (a score or right). */
export interface TargetRef {
  readonly course: string | null;
  readonly elective: string | null;
}

export interface Refused {
  readonly rule: string;
  readonly ruleTitle: Text;
  readonly basis: string | null;
  readonly lots: readonly string[];
  readonly targets: readonly TargetRef[];
  readonly code: ReasonCode;
  /** Numbers and names behind the code, for example `{cap, used, limit}` or `{by, gain}`. */
  readonly params: Readonly<Record<string, string>>;
}

/** Something unknown that keeps a rule from being decided: a person's finding or a missing value. */
export interface Waiting {
  readonly what: LotWait | LearnerWait;
  readonly lot: string | null;
  readonly course: string | null;
  /** Name of the finding that is needed; null for a value. */
  readonly finding: string | null;
  readonly wanted: string;
}

export interface Pending {
  readonly rule: string;
  readonly ruleTitle: Text;
  readonly basis: string | null;
  readonly lots: readonly string[];
  readonly targets: readonly TargetRef[];
  readonly waitsFor: readonly Waiting[];
}

export interface CapUse {
  readonly cap: string;
  readonly title: Text | null;
  readonly basis: string | null;
  readonly counts: 'credits' | 'applications' | 'lots';
  /** The lot, issuer or period a cap `per` one of them speaks of. */
  readonly per: string | null;
  /** Other programmes count under the same name; see {@link AccountFact}. */
  readonly account?: string;
  readonly limit: string;
  /** Counted before this decision. */
  readonly before: string;
  /** Counted with this decision. */
  readonly used: string;
  readonly rules: readonly string[];
}

export interface RequirementState {
  readonly requirement: string;
  readonly title: Text;
  readonly basis: string | null;
  readonly needed: string;
  readonly have: string;
  readonly short: string;
  readonly met: boolean;
}

export type Verdict = 'true' | 'false' | 'not-evaluated';

/** One clause of a rule with what it wanted, what was read, from which lot, and the verdict. */
export interface ReasonNode {
  /** JSON pointer of the clause in the canonical document. */
  readonly path: string;
  readonly rule: string;
  readonly operator: string;
  readonly wanted: string;
  readonly read: string | null;
  readonly lot: string | null;
  readonly verdict: Verdict;
  readonly children: readonly ReasonNode[];
}

/** What an outcome is like that has yet to be completed: what a clause selects by. */
export type OutcomeTrait = 'source' | 'kind' | 'category' | 'code' | 'name';

/**
 * One thing to do: a value that a lot or the learner has to have, a further outcome, or something
 * that this outcome has to be. Done all together they make the condition true, whatever else the lots
 * and the new outcomes are; engine 1 did not say all of it.
 */
export interface Change {
  readonly kind: 'outcome' | OutcomeTrait | LotField | LearnerField;
  /** Lot that has to change; null when the learner does, or another outcome is needed. */
  readonly lot: string | null;
  /**
   * Which further outcome this is about, counted from 1: what has one number is asked of one
   * outcome. Absent where none is, and in decisions of engine 1.
   */
  readonly newOutcome?: number;
  /** Codes any one of which would do, when an outcome is needed. */
  readonly outcomes: readonly string[];
  readonly wanted: string;
  readonly read: string | null;
  /** Of a requirement of each year or semester: the one that lacks the credit. */
  readonly period?: string;
  /** Name of the finding that a person has to make, and the course it is about. */
  readonly finding?: string;
  readonly course?: string | null;
}

/** The nearest change that would make a refused rule or a missed requirement pass. */
export interface Missing {
  readonly rule: string | null;
  readonly requirement: string | null;
  readonly title: Text;
  readonly changes: readonly Change[];
}

export interface Decision {
  readonly format: 'credit-bank-decision/1';
  readonly engine: string;
  readonly rulebook: { readonly id: string; readonly version: number; readonly hash: string };
  readonly programme: string;
  /** Present when the programme counts credit without using it up; see {@link scopeOf}. */
  readonly scope?: 'per-programme';
  /** The day the rules and facts were read for. */
  readonly on: string;
  /** Sum of the credits of all grants of this decision. */
  readonly credits: string;
  readonly granted: readonly Grant[];
  readonly refused: readonly Refused[];
  readonly pending: readonly Pending[];
  readonly caps: readonly CapUse[];
  readonly requirements: readonly RequirementState[];
  readonly award: 'met' | 'not-met' | 'none';
  /** Whether no allocation can give more credit. When false, `bound` says how much more it could be. */
  readonly proven: boolean;
  /** No allocation gives more credit than this. */
  readonly bound: string;
  readonly reasons: readonly ReasonNode[];
  readonly missing: readonly Missing[];
}
