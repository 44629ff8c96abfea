import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LearnerFacts, LotScope } from '#libs/rules';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { Ledger, type ProgrammeCount } from '../ledger/index.js';
import { type HeldOutcome, Outcomes } from '../outcomes/index.js';
import { type BookedGrant, decisionOf } from './application.js';
import { DecisionsStore } from './decisions.store.js';
import { learnerFacts } from './facts.js';

/** Whose facts are wanted, and for which programme. */
export interface FactsQuestion {
  readonly learnerIds: readonly string[];
  readonly programme: string;
  readonly scope: LotScope;
  /** The application that asks; what it holds itself does not stand in its way. */
  readonly applicationId: string | null;
}

/** What is known of one learner. */
export interface KnownFacts {
  readonly facts: LearnerFacts;
  /** The learner's outcomes, which the facts were made of. */
  readonly outcomes: readonly HeldOutcome[];
}

/** Reads what is known of learners: one or hundreds at once, at the same number of queries. */
@Injectable()
export class FactsReader {
  constructor(
    private readonly decisions: DecisionsStore,
    private readonly outcomes: Outcomes,
    private readonly ledger: Ledger,
    private readonly learners: Learners,
    private readonly institutions: Institutions,
  ) {}

  /** Facts of every learner that is asked for; who has nothing has facts that say so. */
  async read(tx: EntityManager, question: FactsQuestion): Promise<Map<string, KnownFacts>> {
    const { learnerIds, programme, scope } = question;
    const institutions = await this.institutions.list(tx);
    const codeOfInstitution = new Map(institutions.map(({ id, code }) => [id, code]));
    const born = await this.learners.birthDates(tx, learnerIds);
    const held = await this.outcomes.listOfMany(tx, learnerIds);
    const outcomesOf = groupBy(held, ({ outcome }) => outcome.learnerId);
    const findingsOf = groupBy(
      await this.decisions.listFindings(tx, learnerIds, programme),
      ({ learnerId }) => learnerId,
    );
    const bookedOf = groupBy(
      await this.decisions.listGrants(tx, learnerIds),
      ({ learnerId }) => learnerId,
    );
    const pendingOf = groupBy(await this.#pending(tx, question), ({ learnerId }) => learnerId);
    const counted = await this.#counted(tx, question, held);
    return new Map(
      learnerIds.map((learnerId) => {
        const outcomes = outcomesOf.get(learnerId) ?? [];
        const known = {
          birthDate: born.get(learnerId) ?? null,
          outcomes,
          codeOfInstitution,
          findings: findingsOf.get(learnerId) ?? [],
          booked: bookedOf.get(learnerId) ?? [],
          pending: pendingOf.get(learnerId) ?? [],
          scope,
          counted,
        };
        return [learnerId, { facts: learnerFacts(known, programme), outcomes }];
      }),
    );
  }

  /** What the programme counts already of each lot. Seldom anything, so it is asked for seldom. */
  async #counted(
    tx: EntityManager,
    { learnerIds, programme }: FactsQuestion,
    outcomes: readonly HeldOutcome[],
  ): Promise<Map<string, ProgrammeCount>> {
    if (!outcomes.some(({ lot }) => lot && lot.pledged + lot.counted > 0n)) return new Map();
    const counts = await this.ledger.countsOfMany(tx, learnerIds, programme);
    return new Map(counts.map((one) => [one.lotId, one]));
  }

  async #pending(
    tx: EntityManager,
    question: FactsQuestion,
  ): Promise<(BookedGrant & { readonly learnerId: string })[]> {
    const open = await this.decisions.listOpen(tx, question.learnerIds);
    return open
      .filter(({ applicationId }) => applicationId !== question.applicationId)
      .flatMap(({ document, ...whose }) =>
        decisionOf({ document }).granted.map((grant) => ({ ...whose, grant })),
      );
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
