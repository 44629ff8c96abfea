import type { RoundingMode } from '#libs/credit';
import type { Text } from '#libs/problems';
import type { HasDocument } from './clauses/has.js';
import type { LeafDocument } from './clauses/leaves.js';
import type { OneOrMany } from './one-or-many.js';
import type { LotScope, LotState, RemainderPolicy, Source } from './types.js';

/**
 * The rule document as a person writes it, format `credit-bank-rulebook/1`. Its published JSON
 * Schema is `rulebooks/schema/rulebook-1.schema.json`; `rulebooks/README.md` explains it to officers.
 * Amounts and hours are decimal strings, days `yyyy-MM-dd`. `canonicalise` fills every default.
 */
export interface RulebookDocument {
  readonly format: 'credit-bank-rulebook/1';
  readonly id: string;
  readonly version: number;
  readonly title: Text;
  readonly basis: readonly BasisDocument[];
  readonly target: TargetDocument;
  readonly inForce: WindowDocument;
  readonly lots?: LotPolicyDocument;
  readonly scales?: Readonly<Record<string, ScaleDocument>>;
  readonly maps?: readonly ScaleMapDocument[];
  readonly ratios?: Readonly<Record<string, RatioDocument>>;
  readonly caps?: readonly CapDocument[];
  readonly families?: readonly FamilyDocument[];
  readonly never?: readonly NeverDocument[];
  readonly rules?: readonly RuleDocument[];
  readonly requirements?: readonly RequirementDocument[];
  readonly rights?: readonly RightDocument[];
  readonly examples: readonly ExampleDocument[];
}

/** Where the rulebook comes from: a regulation, a notice, or a case of the team's field notes. */
export interface BasisDocument {
  readonly text: string;
  readonly clause?: string;
  readonly url?: string;
}

/** The programme that receives the credit. */
export interface TargetDocument {
  readonly programme: string;
  readonly title: Text;
  /** Code of the institution that decides. */
  readonly institution: string;
  readonly plan?: string;
  /** Credits of the whole programme. */
  readonly total: string;
  /** The smallest unit in which the programme counts credit, for example `0.5`. */
  readonly step: string;
  /** Whether a person at the institution reviews every decision before it is booked. */
  readonly review: 'required' | 'none';
  /** Credits of each category of the programme. */
  readonly categories: Readonly<Record<string, string>>;
  readonly courses?: readonly TargetCourseDocument[];
  readonly electives?: readonly ElectiveDocument[];
}

export interface TargetCourseDocument {
  readonly code: string;
  readonly title: Text;
  readonly credits: string;
  readonly category: string;
}

/** A pool of a category that can receive credit without naming a course. */
export interface ElectiveDocument {
  readonly code: string;
  readonly title: Text;
  readonly category: string;
}

/** Days on which something holds, both included. `by` says which day is looked at. */
export interface WindowDocument {
  readonly from: string;
  readonly to: string | null;
  readonly by: 'application' | 'completion';
}

export interface LotPolicyDocument {
  /**
   * Where credit that this programme counts can count again: nowhere (`single-use`, also when
   * nothing is said), or once more in every other programme (`per-programme`) (R46).
   */
  readonly scope?: LotScope;
  /** Whether a lot converted before may be used again with what is left of it (R19, R46). */
  readonly reuse?: 'never' | 'what-is-left';
  /** Years after the deposit during which a lot can be used (R45). */
  readonly shelfLifeYears?: number;
}

/**
 * A scale of grades or levels. Named values go from the lowest to the highest, and a value may be
 * a list of names for the same thing. A number scale states its limits.
 */
export type ScaleDocument =
  | { readonly values: readonly OneOrMany<string>[] }
  | { readonly numbers: { readonly from: string; readonly to: string } };

/** Which value of one scale stands for which value of another (R14). */
export interface ScaleMapDocument {
  readonly from: string;
  readonly to: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface RatioDocument {
  /** So many hours … */
  readonly hours: string;
  /** … make so many credits (R01, R02). */
  readonly credits: string;
  readonly round: {
    readonly to: string;
    readonly mode: RoundingMode;
    readonly at: 'each-lot' | 'sum';
  };
}

/** Which grants a cap or requirement counts. Members are joined by AND, lists by OR. */
export interface SelectDocument {
  readonly source?: OneOrMany<Source>;
  readonly category?: OneOrMany<string>;
  readonly issuer?: OneOrMany<string>;
  readonly elective?: OneOrMany<string>;
  readonly rule?: OneOrMany<string>;
}

/** A share of the programme's total or of one of its categories. */
export interface PercentDocument {
  readonly percent: string;
  readonly of: string;
  readonly round?: 'down' | 'up' | 'half-up';
}

export interface CapDocument {
  readonly id: string;
  readonly title?: Text;
  readonly basis?: string;
  readonly max: string | PercentDocument;
  readonly counts?: 'credits' | 'applications' | 'lots';
  readonly of?: SelectDocument;
  readonly per?: 'learner' | 'lot' | 'issuer';
}

/** Similar outcomes of which only one counts (R20). */
export interface FamilyDocument {
  readonly id: string;
  readonly title?: Text;
  readonly basis?: string;
  readonly outcomes: readonly string[];
  readonly keep: 'highest-level' | 'highest-credits';
}

/** Targets that are never replaced, either by anything or by the lots that `for` describes (R11). */
export interface NeverDocument {
  readonly id: string;
  readonly title: Text;
  readonly basis?: string;
  readonly course?: OneOrMany<string>;
  readonly category?: OneOrMany<string>;
  readonly for?: HasDocument;
}

export interface RuleDocument {
  readonly id: string;
  readonly title: Text;
  readonly basis?: string;
  readonly inForce?: WindowDocument;
  readonly when: ConditionDocument;
  readonly grants: readonly GrantDocument[];
  /** Whether the grants come together or whichever of them fit. */
  readonly take?: 'all' | 'any';
  /** Grade to record: `exempt` (免考), the grade of the lot, a fixed mark, or none. */
  readonly grade?: 'exempt' | 'of-lot' | 'none' | { readonly fixed: string };
  /** What happens to credit of the lot beyond what is granted (R21, R22). */
  readonly remainder?: RemainderPolicy;
  /** The pool that receives the remainder when it becomes elective credit. */
  readonly remainderTo?: string;
  /** Whether a lot worth less than the grant is refused (R21) or accepted (R22). */
  readonly shortfall?: 'refuse' | 'allow';
}

export interface GrantDocument {
  readonly course?: string;
  readonly elective?: string;
  readonly effect?: 'credit' | 'exemption' | 'score' | 'right';
  /** The score, or the name of the exam or right, when the effect is not credit. */
  readonly value?: string;
  readonly credits?: CreditsDocument;
  /** Whether less than the whole may be granted when a cap leaves no more room. */
  readonly partial?: boolean;
}

export type CreditsDocument =
  | string // a decimal, `of-target` or `of-lot`
  | { readonly ratio: string; readonly max?: string };

export type ConditionDocument =
  | { readonly all: readonly ConditionDocument[] }
  | { readonly any: readonly ConditionDocument[] }
  | { readonly atLeast: number; readonly of: readonly ConditionDocument[] }
  | LeafDocument;

/** What the learner needs for the award the programme leads to (R40). */
export interface RequirementDocument {
  readonly id: string;
  readonly title: Text;
  readonly basis?: string;
  readonly atLeast: string;
  readonly of?: SelectDocument;
}

/** A right that opens when enough credit is recognised (R41, R42). */
export interface RightDocument {
  readonly id: string;
  readonly title: Text;
  readonly basis?: string;
  readonly atLeast: string;
  readonly of?: SelectDocument;
}

/** A worked example: a given learner and the decision expected. It runs as a test. */
export interface ExampleDocument {
  readonly name: string;
  /** Cases of the field notes that this example shows, for example `R28`. */
  readonly covers?: readonly string[];
  readonly on: string;
  readonly learner: ExampleLearnerDocument;
  readonly expect: ExampleExpectDocument;
}

export interface ExampleLearnerDocument {
  readonly born?: string;
  readonly enrolledIn?: readonly string[];
  readonly outcomes: readonly ExampleOutcomeDocument[];
  readonly findings?: readonly {
    readonly what: string;
    readonly lot: string;
    readonly course?: string;
    readonly value: string;
  }[];
  readonly granted?: readonly ExamplePriorDocument[];
}

/** What is left out is unknown, except that `available` is then the whole of `credits`. */
export interface ExampleOutcomeDocument {
  readonly lot: string;
  readonly outcome: string;
  readonly source?: Source;
  readonly kind?: string;
  readonly category?: string;
  readonly issuer?: string;
  readonly grade?: string;
  readonly gradeScale?: string;
  readonly passGrade?: string;
  readonly level?: string;
  readonly levelScale?: string;
  readonly credits?: string;
  readonly available?: string;
  readonly hours?: string;
  readonly attendancePercent?: string;
  readonly completed?: string;
  readonly deposited?: string;
  readonly expiresOn?: string;
  readonly state?: LotState;
  readonly usedFor?: readonly { readonly programme: string; readonly course?: string }[];
}

export interface ExamplePriorDocument {
  readonly rule: string;
  readonly course?: string;
  readonly elective?: string;
  readonly category?: string;
  readonly credits: string;
  readonly source?: Source;
  readonly issuer?: string;
  readonly lots?: readonly string[];
}

/** Only what is written is compared. */
export interface ExampleExpectDocument {
  readonly credits?: string;
  /** Rules that granted something, each once, in any order. */
  readonly granted?: readonly string[];
  /** Courses filled, in any order. */
  readonly courses?: readonly string[];
  /** Rules refused, with the reason of at least one of their refusals. */
  readonly refused?: Readonly<Record<string, string>>;
  readonly pending?: readonly string[];
  /** Rules and requirements for which something is missing, with the thing that is wanted. */
  readonly missing?: Readonly<Record<string, string>>;
  /** Credits short for each requirement; `0` when it is met. */
  readonly requirements?: Readonly<Record<string, string>>;
  readonly award?: 'met' | 'not-met' | 'none';
}
