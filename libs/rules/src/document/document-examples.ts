import type { ParameterDocument } from './document.js';
import type { AccountFact, LotState, Source } from '../types.js';

/** A worked example: a given learner and the decision expected. It runs as a test. */
export interface ExampleDocument {
  readonly name: string;
  /** Cases of the field notes that this example shows, for example `R28`. */
  readonly covers?: readonly string[];
  readonly on: string;
  /** The reading of a parameter for which this example holds; otherwise that of the document. */
  readonly parameters?: Readonly<Record<string, ParameterDocument['value']>>;
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
  readonly graduates?: string;
  readonly accounts?: readonly AccountFact[];
}

/** What is left out is unknown, except that `available` is then the whole of `credits`. */
export interface ExampleOutcomeDocument {
  readonly lot: string;
  readonly outcome: string;
  readonly title?: string;
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
  readonly completed?: readonly string[];
}

/** Only what is written is compared. */
export interface ExampleExpectDocument {
  readonly credits?: string;
  /** Rules that granted something, each once, in any order. */
  readonly granted?: readonly string[];
  /** Courses filled, in any order. */
  readonly courses?: readonly string[];
  /** Scores, exams and rights that were given, in any order. */
  readonly values?: readonly string[];
  /** Grades to record, by rule. */
  readonly grades?: Readonly<Record<string, string>>;
  /** Rules refused, with the reason of at least one of their refusals. */
  readonly refused?: Readonly<Record<string, string>>;
  readonly pending?: readonly string[];
  /** Rules and requirements for which something is missing, with the thing that is wanted. */
  readonly missing?: Readonly<Record<string, string>>;
  /** Credits short for each requirement; `0` when it is met. */
  readonly requirements?: Readonly<Record<string, string>>;
  readonly award?: 'met' | 'not-met' | 'none';
}
