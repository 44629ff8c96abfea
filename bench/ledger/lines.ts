import { type Millicredits, millicredits } from '#libs/credit';
import type { DepositLine } from '../../src/ledger/index.js';
import { contentHash } from '../../src/outcomes/completion.js';
import { lotIdOf } from '../../src/outcomes/completions.js';
import { pooledRandomBytes, saltedHash } from '../../src/platform/crypto/index.js';
import { newId } from '../../src/platform/ids/index.js';

const CATEGORIES = 8;
const OUTCOMES = 50;

/** A line as a school's file says it: nothing of it is hashed yet. */
export interface PlainLine {
  readonly learnerId: string;
  readonly externalId: string;
  readonly outcome: string;
  readonly categoryId: number;
  readonly amount: Millicredits;
  readonly occurredOn: string;
  readonly expiresOn: string;
}

/** Lines without end, each with a new external id, over a fixed number of learners. */
export class Lines {
  readonly #learners: readonly string[];
  #next = 0;

  constructor(learners: number) {
    this.#learners = Array.from({ length: learners }, () => newId());
  }

  take(size: number): PlainLine[] {
    return Array.from({ length: size }, () => this.#one());
  }

  #one(): PlainLine {
    const serial = this.#next;
    this.#next += 1;
    const learner = Math.floor(Math.random() * this.#learners.length);
    return {
      learnerId: this.#learners[learner] as string,
      externalId: `run/2026/${String(serial).padStart(12, '0')}`,
      outcome: `COURSE-${serial % OUTCOMES}`,
      categoryId: 1 + (serial % CATEGORIES),
      amount: millicredits(1000 + (serial % 4000)),
      occurredOn: '2026-06-30',
      expiresOn: '2033-06-30',
    };
  }
}

/**
 * What the caller of the door makes of a line: the lot's id, the hash of its content and a salted
 * commitment to that. Part of the door's measured time.
 */
export function toDeposit(line: PlainLine, institutionId: string): DepositLine {
  const content = contentHash({
    learnerId: line.learnerId,
    outcome: line.outcome,
    completedOn: line.occurredOn,
    grade: '85',
    level: null,
    hours: null,
    credits: null,
    attendancePercent: null,
    note: null,
  });
  return {
    learnerId: line.learnerId,
    lotId: lotIdOf(institutionId, line.externalId),
    categoryId: line.categoryId,
    amount: line.amount,
    occurredOn: line.occurredOn,
    expiresOn: line.expiresOn,
    commitment: saltedHash(pooledRandomBytes(16), content),
  };
}
