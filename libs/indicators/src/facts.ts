import type { Circumstances } from './circumstances.js';

/** Steps in a life that an outcome can mark; the catalogue says which does. */
export const MILESTONES = [
  'secondary-graduation',
  'onward-transfer',
  'onward-matched',
  'onward-exempt',
  'onward-other',
  'gate-3-2',
  'gate-five-year',
  'dual-qualified-teacher',
  'chinese-language',
] as const;
export type Milestone = (typeof MILESTONES)[number];

/** One outcome as far as the indicators ask about it. */
export interface OutcomeFact {
  readonly learnerId: string;
  readonly lotId: string;
  readonly institutionId: string;
  /** A lecture is none. */
  readonly isTraining: boolean;
  /** 5 (初级工) to 1 (高级技师) of a vocational skill certificate; null for everything else. */
  readonly skillLevel: number | null;
  readonly milestone: Milestone | null;
  /** The last day that its date can mean, but none after it was recorded; `yyyy-mm-dd`. */
  readonly day: string;
  /** The last day on which a certificate is valid; null when it never ends. */
  readonly validTo: string | null;
  readonly minutes: bigint | null;
  /** Null: a grade is needed to tell, and nobody knows it. */
  readonly passed: boolean | null;
  readonly circumstances: Circumstances;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
  /** When it was taken back and given back, in turn, the first a taking back. */
  readonly turns: readonly number[];
}

/** That two accounts are one person, or that such a link was wrong. */
export interface LinkFact {
  readonly id: string;
  readonly survivorId: string;
  readonly absorbedId: string;
  /** Of a split: the link that it undoes. */
  readonly undoesId: string | null;
  readonly recordedAt: number;
}

/** Everything about one person: all accounts that were ever linked with each other. */
export interface PersonFacts {
  readonly outcomes: readonly OutcomeFact[];
  readonly links: readonly LinkFact[];
  /** Accounts that were opened by a document other than a resident ID. */
  readonly alternativeIds: ReadonlySet<string>;
}

/** What an outcome adds to a measure. */
export interface Contribution {
  readonly learnerId: string;
  readonly lotId: string;
  readonly measure: Measure;
  readonly category: string;
  readonly institutionId: string;
  readonly day: string;
  /** The first day on which it no longer counts; null for what happened on its day. */
  readonly until: string | null;
  readonly minutes: bigint;
  /** When the outcome itself was recorded. */
  readonly recordedAt: number;
}

/** A contribution, and from when to when the bank knew it so; `knownTo` null is still. */
export interface KnownContribution extends Contribution {
  readonly knownFrom: number;
  readonly knownTo: number | null;
}

/** What is counted. Stocks have an end; everything else happens on a day. */
export const MEASURES = [
  'training',
  'learner-year',
  'learner-school-year',
  'graduate',
  'gate',
  'skilled',
  'dual-qualified',
] as const;
export type Measure = (typeof MEASURES)[number];

/** The word for what nobody stated. */
export const UNKNOWN = 'unknown';
