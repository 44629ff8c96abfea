import { attendance } from './attendance.js';
import { completed } from './completed.js';
import { credits } from './credits.js';
import { grade } from './grade.js';
import { hours } from './hours.js';
import { hoursPerCredit } from './hours-per-credit.js';
import { issuer } from './issuer.js';
import { judged } from './judged.js';
import { level } from './level.js';

/**
 * Every kind of question about a lot, in the order in which they are asked and explained. The order
 * is part of the decisions that are stored: a new kind goes to the end.
 */
export const LOT_TESTS = [
  issuer,
  grade,
  level,
  hours,
  credits,
  attendance,
  completed,
  judged,
  hoursPerCredit,
] as const;

type Kind = (typeof LOT_TESTS)[number];

/** What a question may be about. */
export type LotField = Kind['field'];

/** What may be unknown about a lot. */
export type LotWait = KeysOf<Kind['sentences']['waits']>;

type KeysOf<T> = T extends unknown ? keyof T : never;

/** Members of a `has` clause as people write them. */
export type LotTestDocuments = {
  readonly [K in Kind as K['member']]?: Exclude<Parameters<K['canonical']>[0], undefined>;
};

/** Members of a `has` clause with their defaults filled in. */
export type LotTestMembers = {
  readonly [K in Kind as K['member']]: ReturnType<K['canonical']>;
};
