import type { RoundingMode } from '#libs/credit';
import type { Text } from '#libs/problems';
import type { HasDocument } from '../clauses/has.js';
import type { LeafDocument } from '../clauses/leaves.js';
import type { ExampleDocument } from './document-examples.js';
import type { OneOrMany } from '../one-or-many.js';
import type { LotScope, RemainderPolicy, Source } from '../types.js';

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
  readonly calendar?: CalendarDocument;
  readonly parameters?: Readonly<Record<string, ParameterDocument>>;
  readonly agreements?: readonly AgreementDocument[];
  readonly scales?: Readonly<Record<string, ScaleDocument>>;
  readonly maps?: readonly ScaleMapDocument[];
  readonly ratios?: Readonly<Record<string, RatioDocument>>;
  readonly caps?: readonly CapDocument[];
  readonly families?: readonly FamilyDocument[];
  readonly duplicates?: readonly DuplicateDocument[];
  readonly never?: readonly NeverDocument[];
  readonly prerequisites?: readonly PrerequisiteDocument[];
  readonly exclusions?: readonly ExclusionDocument[];
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
  /** Who reviews every decision before it is booked: one person, nobody, or a panel (R57). */
  readonly review: 'required' | 'none' | PanelDocument;
  /** Credits of each category of the programme. */
  readonly categories: Readonly<Record<string, string>>;
  readonly courses?: readonly TargetCourseDocument[];
  readonly electives?: readonly ElectiveDocument[];
}

/** So many people have to agree; `catalogued` of them where every outcome is in the catalogue. */
export interface PanelDocument {
  readonly panel: number;
  readonly catalogued?: number;
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
 * The academic year that caps `per` year or semester speak of. The day on which an outcome was
 * completed decides (R34).
 */
export interface CalendarDocument {
  /** First day of the year, `MM-dd`. */
  readonly yearStarts: string;
  /** In the order of the year; the first starts with it. Left out where only years count. */
  readonly semesters?: readonly { readonly id: string; readonly starts: string }[];
  /** In the last semester before a graduation nothing counts that is completed later (R34). */
  readonly cutOffs?: readonly {
    /** Month of the graduation, `MM`. */
    readonly graduation: string;
    /** Last day that counts, `MM-dd` of the year of the graduation. */
    readonly lastDay: string;
  }[];
}

/**
 * A reading of a text that can be read in two ways: whether the clauses of a `joined` group all have
 * to be true or one of them (R51).
 */
export interface ParameterDocument {
  readonly title: Text;
  readonly value: 'all' | 'any';
  readonly basis?: string;
}

/** Institutions that recognise each other's outcomes for some time, each up to its own cap. */
export interface AgreementDocument {
  readonly id: string;
  readonly title: Text;
  readonly basis?: string;
  readonly inForce: WindowDocument;
  /** Every party, with the most credit that it accepts from the others together. */
  readonly parties: readonly { readonly institution: string; readonly accepts: string }[];
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
  /** Hours that a superior rule allows for so many credits; others are refused (R02). */
  readonly allowed?: { readonly from: string; readonly to: string };
}

/** Which grants a cap or requirement counts. Members are joined by AND, lists by OR. */
export interface SelectDocument {
  readonly source?: OneOrMany<Source>;
  readonly category?: OneOrMany<string>;
  readonly issuer?: OneOrMany<string>;
  readonly elective?: OneOrMany<string>;
  readonly rule?: OneOrMany<string>;
  readonly course?: OneOrMany<string>;
  /** Catalogue codes of the outcomes a grant rests on. */
  readonly outcome?: OneOrMany<string>;
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
  readonly per?: 'learner' | 'lot' | 'issuer' | 'academic-year' | 'semester';
  /** Programmes whose caps name one account count together, in both directions. */
  readonly account?: string;
}

/** Similar outcomes of which only one counts (R20). */
export interface FamilyDocument {
  readonly id: string;
  readonly title?: Text;
  readonly basis?: string;
  readonly outcomes: readonly string[];
  readonly keep: 'highest-level' | 'highest-credits';
}

/** Outcomes whose names say the same are one outcome (R25). */
export interface DuplicateDocument {
  readonly id: string;
  readonly title?: Text;
  readonly basis?: string;
  readonly of?: { readonly source?: OneOrMany<Source>; readonly kind?: OneOrMany<string> };
  readonly names: NamesDocument;
  readonly keep: 'highest-level' | 'highest-credits';
}

/**
 * What makes no difference between two names. Case, spaces, punctuation and the width of characters
 * never do.
 */
export interface NamesDocument {
  /** Particles at the end of a word, for example `의`. */
  readonly dropAfterWord?: readonly string[];
  /** Ways to write one word, for example `[S/W, SW, 소프트웨어]`. */
  readonly same?: readonly (readonly string[])[];
  /** Whether a name without a number is the first part: `전공실기` is `전공실기1` and `전공실기Ⅰ`. */
  readonly firstIsUnnumbered?: boolean;
}

/** What has to be there before a course can be filled, or an outcome used. */
export interface PrerequisiteDocument {
  readonly id: string;
  readonly title: Text;
  readonly basis?: string;
  readonly course?: OneOrMany<string>;
  readonly outcome?: OneOrMany<string>;
  readonly needs: OneOrManyOf<NeedDocument>;
}

/** An outcome of the learner, which is not used up, or a course recognised by an earlier decision. */
export type NeedDocument = HasDocument | { readonly recognised: string };

/** A list, or its only member. */
export type OneOrManyOf<T extends object> = T | readonly T[];

/** Courses or outcomes of which one counts. */
export interface ExclusionDocument {
  readonly id: string;
  readonly title: Text;
  readonly basis?: string;
  readonly courses?: readonly string[];
  readonly outcomes?: readonly string[];
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
  /** The agreement it rests on: its window holds, its parties issue, its cap counts. */
  readonly under?: string;
  readonly when: ConditionDocument;
  readonly grants: readonly GrantDocument[];
  /** Whether the grants come together or whichever of them fit. */
  readonly take?: 'all' | 'any';
  /**
   * Grade to record: `exempt` (免考), the grade of the lot, that grade on another scale (R14), a
   * fixed mark, or none.
   */
  readonly grade?: GradeDocument;
  /** What happens to credit of the lot beyond what is granted (R21, R22). */
  readonly remainder?: RemainderPolicy;
  /** The pool that receives the remainder when it becomes elective credit. */
  readonly remainderTo?: string;
  /** Whether a lot worth less than the grant is refused (R21) or accepted (R22). */
  readonly shortfall?: 'refuse' | 'allow';
}

export type GradeDocument =
  'exempt' | 'of-lot' | 'none' | { readonly fixed: string } | { readonly onScale: string };

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
  /** `all` or `any` of them, as the parameter of this name says. */
  | { readonly joined: string; readonly of: readonly ConditionDocument[] }
  | LeafDocument;

/** What the learner needs for the award the programme leads to (R40). */
export interface RequirementDocument {
  readonly id: string;
  readonly title: Text;
  readonly basis?: string;
  readonly atLeast: string;
  readonly of?: SelectDocument;
  /** In every period in which something counts; once in all when left out (R03). */
  readonly per?: 'academic-year' | 'semester';
}

/** A right that opens when enough credit is recognised (R41, R42). */
export interface RightDocument {
  readonly id: string;
  readonly title: Text;
  readonly basis?: string;
  readonly atLeast: string;
  readonly of?: SelectDocument;
}
