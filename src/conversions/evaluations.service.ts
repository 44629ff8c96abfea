import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Reading, learnerIdOf } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { RuleNames } from '../rulebook/index.js';
import { ApplicationReader } from './application-reader.js';
import type { EvaluatedDto, EvaluationDto } from './conversions.dto.js';
import { toDecisionDto } from './decision.views.js';
import { type Evaluation, Evaluator, type Question } from './evaluator.js';
import { requireGraduation } from './graduation.js';

/** Decisions that bind nobody: what would a programme recognise? */
@Injectable()
export class Evaluations {
  constructor(
    private readonly database: Database,
    private readonly evaluator: Evaluator,
    private readonly reader: ApplicationReader,
    private readonly names: RuleNames,
    private readonly clock: Clock,
  ) {}

  evaluate(principal: Principal, wanted: EvaluationDto): Promise<EvaluatedDto> {
    const learnerId = learnerIdOf(principal, wanted.learner);
    const { programme, on = this.clock.today(), graduates } = wanted;
    requireGraduation(graduates, on);
    return this.database.read(async (tx) => {
      const fields = ['outcomes', 'balance', 'birth-date'] as const;
      const reading = { purpose: 'evaluation', fields } as const;
      await this.reader.requireAskable(tx, principal, learnerId, reading);
      const about = { learnerId, programme, on, applicationId: null };
      const question = graduates === undefined ? about : { ...about, graduates };
      const { decision, facts, outcomes } = await this.evaluator.evaluate(tx, question);
      return {
        learnerId,
        programme,
        on,
        graduates: facts.graduates ?? null,
        binding: false,
        decision: toDecisionDto(decision, outcomes, await this.names.ofDecision(tx, decision)),
      };
    });
  }

  /**
   * Lets through who may read the learner's records, and an institution where the learner applied;
   * the read is written down. Throws `not-found` for everybody else.
   */
  admit(
    tx: EntityManager,
    principal: Principal,
    learnerId: string,
    reading: Reading,
  ): Promise<void> {
    return this.reader.requireAskable(tx, principal, learnerId, reading);
  }

  /** The decision for a caller that has admitted whoever asks. Binds nobody. */
  decide(tx: EntityManager, question: Omit<Question, 'applicationId'>): Promise<Evaluation> {
    return this.evaluator.evaluate(tx, { ...question, applicationId: null });
  }
}
