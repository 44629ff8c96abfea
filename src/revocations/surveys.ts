import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { previousDay } from '#libs/credit';
import { type OutcomeScope, OutcomeRevocations, digestOf } from '../outcomes/index.js';
import { type ReasonForTwo, TwoPeople } from '../proposals/index.js';
import { NOTHING, type Tally, addTallies, tallyOf } from './batch.js';
import { END } from './batches.store.js';

/** More learners than one request can wait for are counted, not looked at. */
const MOST_SURVEYED = 1_000;
const STEP = 64;

/** What an order would reach. */
export interface RevocationSurvey {
  readonly learners: number;
  readonly items: number;
  readonly undecided: number;
  /** Learners whose dependent records were looked at; {@link tally} is theirs. */
  readonly surveyed: number;
  readonly tally: Tally;
  /** SHA-256 of every outcome in scope and, of learners looked at, of all that rests on them. */
  readonly digest: Buffer;
  /** Why one person may not order it alone. */
  readonly why: ReasonForTwo[];
}

/** Looks at what an order would reach; changes nothing. */
@Injectable()
export class RevocationSurveys {
  constructor(
    private readonly revocations: OutcomeRevocations,
    private readonly twoPeople: TwoPeople,
  ) {}

  async take(tx: EntityManager, scope: OutcomeScope): Promise<RevocationSurvey> {
    const counts = await this.revocations.countInScope(tx, scope);
    const hash = createHash('sha256').update(JSON.stringify(scope));
    let [surveyed, tally, returned] = [0, NOTHING, 0n];
    for (let from = 0; from < END; from += STEP) {
      const range = { fromBucket: from, toBucket: from + STEP - 1, batchId: null };
      for (const { learnerId, lotIds } of await this.revocations.listInScope(tx, scope, range)) {
        hash.update(`\n${learnerId} ${lotIds.join(' ')}`);
        if (surveyed === MOST_SURVEYED) continue;
        const effects = await this.revocations.survey(tx, learnerId, lotIds);
        hash.update(digestOf(effects));
        tally = addTallies(tally, tallyOf(effects));
        returned += effects.returns.reduce((sum, { amount }) => sum + amount, 0n);
        surveyed += 1;
      }
    }
    const why = this.twoPeople.reasonsFor({
      millicredits: tally.millicredits + returned,
      learners: counts.learners,
      conversions: tally.conversions,
      isOld: await this.#reachesOld(tx, scope),
    });
    return { ...counts, surveyed, tally, digest: hash.digest(), why };
  }

  /** Whether anything in scope certainly was completed in a period that is old. */
  async #reachesOld(tx: EntityManager, scope: OutcomeScope): Promise<boolean> {
    const { completedFrom, completedTo } = scope;
    const lastOld = previousDay(this.twoPeople.oldBefore);
    if (completedFrom !== null && completedFrom > lastOld) return false;
    const isWithin = completedTo !== null && completedTo < lastOld;
    const old = { ...scope, completedTo: isWithin ? completedTo : lastOld };
    return (await this.revocations.countInScope(tx, old)).items > 0;
  }
}
