import { Injectable } from '@nestjs/common';
import { learnerIdOf } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { ApplicationReader } from './application-reader.js';
import type { EvaluatedDto, EvaluationDto } from './conversions.dto.js';
import { toDecisionDto } from './decision.views.js';
import { Evaluator } from './evaluator.js';
import { requireGraduation } from './graduation.js';

/** Decisions that bind nobody: what would a programme recognise? */
@Injectable()
export class Evaluations {
  constructor(
    private readonly database: Database,
    private readonly evaluator: Evaluator,
    private readonly reader: ApplicationReader,
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
        decision: toDecisionDto(decision, outcomes),
      };
    });
  }
}
