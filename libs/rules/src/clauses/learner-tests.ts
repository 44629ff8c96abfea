import { age } from './age.js';
import { enrolment } from './enrolment.js';
import { recognised } from './recognised.js';

/** Every kind of question about the learner, in the order in which they are asked and explained. */
export const LEARNER_TESTS = [age, enrolment, recognised] as const;

type Kind = (typeof LEARNER_TESTS)[number];

/** What a question may be about. */
export type LearnerField = Kind['field'];

/** What may be unknown about the learner. */
export type LearnerWait = KeysOf<Kind['sentences']['waits']>;

type KeysOf<T> = T extends unknown ? keyof T : never;

/** Members of a `learner` clause as people write them. */
export type LearnerDocument = {
  readonly [K in Kind as K['member']]?: Exclude<Parameters<K['canonical']>[0], undefined>;
};

/** Members of a `learner` clause with their defaults filled in. */
export type LearnerMembers = {
  readonly [K in Kind as K['member']]: ReturnType<K['canonical']>;
};
