import type { Offer } from './district.js';
import type { Document } from './person.js';

/** What a school states beside a completion; null: nobody said. */
export interface Said {
  readonly groups: readonly string[] | null;
  readonly trainingKind: string | null;
  readonly subsidised: boolean | null;
  readonly employment: string | null;
  readonly origin: string | null;
}

/** Something that a learner completed, as the institution that posts it knows it. */
export interface Completion {
  /** Code of the institution that posts it. */
  readonly house: string;
  readonly externalId: string;
  readonly offer: Offer;
  /** A day, or a month. */
  readonly on: string;
  readonly grade: string | null;
  readonly hours: number | null;
  readonly attendance: number | null;
  readonly said: Said;
}

export interface Learner {
  readonly index: number;
  readonly name: string;
  readonly document: Document;
  readonly life: string;
  /** Where the learner is in school at the censuses; null for nobody's student. */
  readonly school: string | null;
  /** Where the learner teaches a vocational subject. */
  readonly teachesAt: string | null;
  /** What is sent in files, in the order of the life. */
  readonly completions: readonly Completion[];
  /** What is only posted after the numbers of graduates were entered. */
  readonly late: readonly Completion[];
}
