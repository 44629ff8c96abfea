import type { Text } from '#libs/problems';
import type { LearnerFacts, Verdict } from '../types.js';
import type { LearnerField, LearnerWait } from './learner-tests.js';
import type { Reading } from './lot-test.js';

/** What clauses may read about the learner besides the lots. */
export interface LearnerReading extends Reading {
  readonly learner: Pick<LearnerFacts, 'born' | 'enrolledIn' | 'granted'>;
}

/** One question about the learner. */
export interface LearnerTest {
  readonly field: LearnerField;
  readonly wanted: string;
  /** What is unknown when the verdict is `not-evaluated`. */
  readonly waitsFor: LearnerWait;
  verdict(reading: LearnerReading): Verdict;
  /** What makes it true of a learner, and of whom it stays true that they had. */
  example(reading: LearnerReading): Partial<LearnerReading['learner']>;
  /** The value that was read, as people write it; null when there is none. */
  read(reading: LearnerReading): string | null;
}

/** A kind of question that a `learner` clause may ask: one member of it, as {@link LotTestKind}. */
export interface LearnerTestKind<
  Member extends string,
  Value,
  Field extends string,
  Wait extends string,
> {
  readonly member: Member;
  readonly field: Field;
  /** Null where nothing is said; undefined of a kind that is newer than published documents. */
  canonical(written: Value | undefined): Value | null | undefined;
  compile(value: Value | null | undefined): LearnerTest[];
  readonly sentences: {
    readonly change: Text;
    readonly waits: Readonly<Record<Wait, Text>>;
  };
}
