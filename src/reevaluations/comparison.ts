import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type CompiledRulebook,
  type Decision,
  type LearnerFacts,
  canonicalJson,
  evaluate,
  scopeOf,
} from '#libs/rules';
import { FactsReader, type KnownFacts } from '../conversions/index.js';

/** The versions that are compared; `before` is null when nothing governed. */
export interface Versions {
  readonly before: CompiledRulebook | null;
  readonly after: CompiledRulebook;
}

/** What two versions say of one learner. */
export interface Compared {
  readonly learnerId: string;
  /** The facts as the newer version reads them. */
  readonly facts: LearnerFacts;
  readonly before: Decision | null;
  readonly after: Decision;
  /** Time that the newer version took. */
  readonly elapsedMs: number;
}

/** Judges learners by two versions at once. Reads only. */
@Injectable()
export class Comparison {
  constructor(private readonly reader: FactsReader) {}

  /**
   * In the order of the learners. Other work of the process gets its turn between two of them.
   *
   * @param on the day the rules and facts are read for, `yyyy-mm-dd`
   */
  async compare(
    tx: EntityManager,
    learnerIds: readonly string[],
    { before, after }: Versions,
    on: string,
  ): Promise<Compared[]> {
    const question = { learnerIds, compiled: after, applicationId: null };
    const known = await this.reader.read(tx, question);
    const knownBefore =
      before && !readsAlike(before, after)
        ? await this.reader.read(tx, { ...question, compiled: before })
        : known;
    const compared: Compared[] = [];
    for (const learnerId of learnerIds) {
      await breathe();
      const { facts } = known.get(learnerId) as KnownFacts;
      const factsBefore = (knownBefore.get(learnerId) as KnownFacts).facts;
      const startedAt = performance.now();
      const decision = evaluate(after, facts, on);
      const elapsedMs = performance.now() - startedAt;
      compared.push({
        learnerId,
        facts,
        before: before && evaluate(before, factsBefore, on),
        after: decision,
        elapsedMs,
      });
    }
    return compared;
  }
}

/** Whether two versions ask for the same facts, so that they need be read once only. */
function readsAlike(before: CompiledRulebook, after: CompiledRulebook): boolean {
  const asks = ({ rulebook: { lots, caps, agreements = [] } }: CompiledRulebook): string =>
    canonicalJson([
      scopeOf(lots),
      caps.map(({ account = null, counts }) => [account, counts]),
      agreements.map(({ id }) => id),
    ]);
  return asks(before) === asks(after);
}
