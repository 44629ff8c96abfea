import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type CompiledRulebook,
  type Decision,
  type LearnerFacts,
  evaluate,
  scopeOf,
} from '#libs/rules';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { Ledger, type ProgrammeCount } from '../ledger/index.js';
import { type HeldOutcome, Outcomes } from '../outcomes/index.js';
import { Rulebook } from '../rulebook/index.js';
import { type BookedGrant, decisionOf } from './application.js';
import { DecisionsStore } from './decisions.store.js';
import { learnerFacts } from './facts.js';

/** What is to be decided. */
export interface Question {
  readonly learnerId: string;
  readonly programme: string;
  /** The day the rules and facts are read for, `yyyy-mm-dd`. */
  readonly on: string;
  /** The application that asks; what it holds itself does not stand in its way. */
  readonly applicationId: string | null;
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
    private readonly decisions: DecisionsStore,
    private readonly rulebook: Rulebook,
    private readonly outcomes: Outcomes,
    private readonly ledger: Ledger,
    private readonly learners: Learners,
    private readonly institutions: Institutions,
  ) {}

  /** Refuses with `rulebook-not-in-force` when no rules of the programme hold on that day. */
  async evaluate(tx: EntityManager, question: Question): Promise<Evaluation> {
    const { programme, on } = question;
    const { compiled } = await this.rulebook.compiledFor(tx, programme, on);
    const outcomes = await this.outcomes.listOf(tx, question.learnerId);
    const facts = await this.#facts(tx, question, { compiled, outcomes });
    return { compiled, facts, outcomes, decision: evaluate(compiled, facts, on) };
  }

  async #facts(
    tx: EntityManager,
    question: Question,
    { compiled, outcomes }: Pick<Evaluation, 'compiled' | 'outcomes'>,
  ): Promise<LearnerFacts> {
    const { learnerId, programme } = question;
    const institutions = await this.institutions.list(tx);
    const profile = await this.learners.profile(tx, learnerId);
    return learnerFacts(
      {
        birthDate: profile.birthDate,
        outcomes,
        codeOfInstitution: new Map(institutions.map(({ id, code }) => [id, code])),
        findings: await this.decisions.listFindings(tx, learnerId, programme),
        booked: await this.decisions.listGrants(tx, learnerId),
        pending: await this.#pending(tx, question),
        scope: scopeOf(compiled.rulebook.lots),
        counted: await this.#counted(tx, question, outcomes),
      },
      programme,
    );
  }

  /** What the programme counts already of each lot. Seldom anything, so it is asked for seldom. */
  async #counted(
    tx: EntityManager,
    { learnerId, programme }: Question,
    outcomes: readonly HeldOutcome[],
  ): Promise<Map<string, ProgrammeCount>> {
    if (!outcomes.some(({ lot }) => lot && lot.pledged + lot.counted > 0n)) return new Map();
    const counts = await this.ledger.counts(tx, learnerId);
    return new Map(
      counts.filter((one) => one.programme === programme).map((one) => [one.lotId, one]),
    );
  }

  async #pending(tx: EntityManager, question: Question): Promise<BookedGrant[]> {
    const open = await this.decisions.listOpen(tx, question.learnerId);
    return open
      .filter(({ applicationId }) => applicationId !== question.applicationId)
      .flatMap(({ applicationId, programme, document }) =>
        decisionOf({ document }).granted.map((grant) => ({ applicationId, programme, grant })),
      );
  }
}
