import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PartialDate } from '#libs/credit';
import type { CompletionDraft } from '#libs/exchange';
import type { Problem } from '#libs/problems';
import type { OutcomeDefinition } from '../catalogue/index.js';
import { Learners } from '../learners/index.js';
import { Ledger } from '../ledger/index.js';
import type { Judgement } from './completion.js';
import type { StoredOutcome } from './outcomes.store.js';

/** A posting that the catalogue lets pass, as a guard is asked about it. */
export interface GuardedPosting {
  readonly definition: OutcomeDefinition;
  readonly startedOn: string | null;
  readonly completedOn: PartialDate;
  /** All accounts of the person; none for somebody whom the bank does not know. */
  readonly selves: readonly string[];
}

/** Says of some outcomes whether they may be posted about a person, and whether others see them. */
export interface Guard {
  concerns(definition: OutcomeDefinition): boolean;
  /** Why each may not be posted, in their order; null where it may. */
  whyNot(
    tx: EntityManager,
    institutionId: string,
    postings: readonly GuardedPosting[],
  ): Promise<readonly (Problem | null)[]>;
  /** Lots among outcomes that it concerns which nobody but the learner is to see. */
  hidden?(tx: EntityManager, outcomes: readonly StoredOutcome[]): Promise<ReadonlySet<string>>;
}

interface Batch {
  readonly institutionId: string;
  readonly drafts: readonly CompletionDraft[];
}

/**
 * What other records must say before an outcome is posted. Features know this one and not the other
 * way round, so they register themselves in `onModuleInit`.
 */
@Injectable()
export class PostingGuards {
  readonly #guards: Guard[] = [];

  constructor(
    private readonly learners: Learners,
    private readonly ledger: Ledger,
  ) {}

  register(guard: Guard): void {
    this.#guards.push(guard);
  }

  /**
   * Refuses judged drafts that a guard forbids, before anybody's account is opened for them. What was
   * posted before is not asked about: the same again gives the first answer.
   *
   * @param lotIds of the drafts, in their order
   */
  async refuse(
    tx: EntityManager,
    batch: Batch,
    judged: Judgement[],
    lotIds: readonly string[],
  ): Promise<void> {
    const guarded = judged.flatMap((judgement, index) =>
      judgement.ok && this.#isGuarded(judgement.completion.definition) ? [index] : [],
    );
    if (guarded.length === 0) return;
    const claims = await this.ledger.claimsOf(
      tx,
      guarded.map((index) => lotIds[index] as string),
    );
    const fresh = guarded.filter((index) => !claims.has(lotIds[index] as string));
    const postings = await this.#postings(tx, batch, judged, fresh);
    for (const guard of this.#guards) {
      const own = [...postings].filter(([, { definition }]) => guard.concerns(definition));
      if (own.length === 0) continue;
      const asked = own.map(([, posting]) => posting);
      const problems = await guard.whyNot(tx, batch.institutionId, asked);
      own.forEach(([index], position) => {
        const problem = problems[position];
        if (problem) judged[index] = { ok: false, problem: atOutcome(problem) };
      });
    }
  }

  /** Lots among outcomes with their catalogue entries which nobody but the learner is to see. */
  async hiddenAmong(
    tx: EntityManager,
    held: readonly { readonly outcome: StoredOutcome; readonly definition: OutcomeDefinition }[],
  ): Promise<ReadonlySet<string>> {
    const hidden = new Set<string>();
    for (const guard of this.#guards) {
      if (!guard.hidden) continue;
      const own = held.filter(({ definition }) => guard.concerns(definition));
      if (own.length === 0) continue;
      const lots = await guard.hidden(
        tx,
        own.map(({ outcome }) => outcome),
      );
      for (const lotId of lots) hidden.add(lotId);
    }
    return hidden;
  }

  #isGuarded(definition: OutcomeDefinition): boolean {
    return this.#guards.some((guard) => guard.concerns(definition));
  }

  /** Who is meant by each draft. A person at fault is refused where people are resolved. */
  async #postings(
    tx: EntityManager,
    { institutionId, drafts }: Batch,
    judged: readonly Judgement[],
    indexes: readonly number[],
  ): Promise<Map<number, GuardedPosting>> {
    const people = await this.learners.lookup(
      tx,
      indexes.map((index) => (drafts[index] as CompletionDraft).person),
      institutionId,
    );
    const postings = new Map<number, GuardedPosting>();
    indexes.forEach((index, position) => {
      const [judgement, person] = [judged[index], people[position]];
      if (!judgement?.ok || !person?.ok) return;
      const { draft, definition } = judgement.completion;
      const { learnerId } = person;
      postings.set(index, {
        definition,
        startedOn: draft.startedOn ?? null,
        completedOn: draft.completedOn,
        selves: person.selves ?? (learnerId === null ? [] : [learnerId]),
      });
    });
    return postings;
  }
}

function atOutcome(problem: Problem): Problem {
  const { code, params } = problem;
  return { ...problem, faults: [{ pointer: '/outcome', code, ...(params && { params }) }] };
}
