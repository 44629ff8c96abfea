import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../platform/auth/index.js';
import { Rulebook } from '../rulebook/index.js';
import { ApplicationReader } from './application-reader.js';
import type { Evaluation, Question } from './evaluator.js';
import { FactsReader, type KnownFacts } from './facts-reader.js';
import { requireGraduation } from './graduation.js';

/** What a decision would be made of, for features that only look ahead. Books nothing. */
@Injectable()
export class Prospects {
  constructor(
    private readonly applications: ApplicationReader,
    private readonly reader: FactsReader,
    private readonly rulebook: Rulebook,
  ) {}

  /**
   * The rules of a programme and what is known of a learner. Refuses with `not-found` whom an
   * evaluation refuses, and with `rulebook-not-in-force` when no rules hold on that day.
   */
  async read(
    tx: EntityManager,
    principal: Principal,
    question: Omit<Question, 'applicationId'>,
  ): Promise<Omit<Evaluation, 'decision'>> {
    const { learnerId, programme, on, ...rest } = question;
    requireGraduation(rest.graduates, on);
    const fields = ['outcomes', 'balance', 'birth-date'] as const;
    const reading = { purpose: 'planning', fields } as const;
    await this.applications.requireAskable(tx, principal, learnerId, reading);
    const { compiled } = await this.rulebook.compiledFor(tx, programme, on);
    const asked = { learnerIds: [learnerId], compiled, applicationId: null, on, ...rest };
    const known = (await this.reader.read(tx, asked)).get(learnerId) as KnownFacts;
    return { compiled, facts: known.facts, outcomes: known.outcomes };
  }
}
