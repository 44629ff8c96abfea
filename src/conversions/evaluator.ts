import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CompiledRulebook, type Decision, type LearnerFacts, evaluate } from '#libs/rules';
import type { HeldOutcome } from '../outcomes/index.js';
import { Rulebook } from '../rulebook/index.js';
import { type FactsQuestion, FactsReader, type KnownFacts } from './facts-reader.js';

/** What is to be decided. */
export interface Question {
  readonly learnerId: string;
  readonly programme: string;
  /** The day the rules and facts are read for, `yyyy-mm-dd`. */
  readonly on: string;
  /** The application that asks; what it holds itself does not stand in its way. */
  readonly applicationId: string | null;
  readonly graduates?: FactsQuestion['graduates'];
}

export interface Evaluation {
  readonly compiled: CompiledRulebook;
  readonly facts: LearnerFacts;
  /** The learner's outcomes, which the facts were made of. */
  readonly outcomes: readonly HeldOutcome[];
  readonly decision: Decision;
}

/** Reads what is known of a learner and lets the programme's rules decide. Books nothing. */
@Injectable()
export class Evaluator {
  constructor(
    private readonly reader: FactsReader,
    private readonly rulebook: Rulebook,
  ) {}

  /** Refuses with `rulebook-not-in-force` when no rules of the programme hold on that day. */
  async evaluate(tx: EntityManager, question: Question): Promise<Evaluation> {
    const { learnerId, programme, on, ...rest } = question;
    const { compiled } = await this.rulebook.compiledFor(tx, programme, on);
    const known = await this.reader.read(tx, { learnerIds: [learnerId], compiled, on, ...rest });
    const { facts, outcomes } = known.get(learnerId) as KnownFacts;
    return { compiled, facts, outcomes, decision: evaluate(compiled, facts, on) };
  }
}
