import type { Outcome } from '../aftermath.js';
import { SPANS, type Span } from '../calendar.js';
import type { Census, Stated } from '../statements.js';
import { countLearner } from './counting.js';
import { creditOf, factsOf } from './facts.js';
import { type Lines, figuresOf } from './figures.js';

/** What must lie in the books. */
export interface Books {
  readonly outcomes: number;
  readonly deposits: number;
  readonly revocations: number;
  readonly redeposits: number;
}

/** What is true of a city, counted learner by learner while it is made. */
export class Truth {
  readonly #cells = new Map<string, Map<string, number>>(
    SPANS.map(({ id }) => [id, new Map<string, number>()]),
  );
  readonly #books = { outcomes: 0, deposits: 0, revocations: 0, redeposits: 0 };
  readonly #graduates = new Map<number, number>();
  readonly #pupils = new Map<string, number>();
  readonly #teachers = new Map<string, number>();
  #learners = 0;

  add(outcome: Outcome): void {
    const { learner } = outcome;
    const facts = factsOf(outcome);
    this.#learners += 1;
    for (const span of SPANS) {
      const cells = this.#cells.get(span.id) as Map<string, number>;
      countLearner(facts, learner.document, span, (cell, by = 1) => raise(cells, cell, by));
    }
    if (learner.school) raise(this.#pupils, learner.school, 1);
    if (learner.teachesAt) raise(this.#teachers, learner.teachesAt, 1);
    const graduation = facts.find(({ milestone }) => milestone === 'secondary-graduation');
    if (graduation) raise(this.#graduates, Number(graduation.day.slice(0, 4)), 1);
    this.#book(outcome);
  }

  get books(): Books {
    return this.#books;
  }

  get census(): Census {
    return {
      learners: this.#learners,
      graduates: this.#graduates,
      pupils: this.#pupils,
      teachers: this.#teachers,
    };
  }

  figures(stated: readonly Stated[], span: Span): ReadonlyMap<string, Lines> {
    return figuresOf(this.#cells.get(span.id) ?? new Map<string, number>(), stated, span);
  }

  #book({ standing, revoked, deeds }: Outcome): void {
    const books = this.#books;
    for (const completion of [...standing.map((one) => one.completion), ...revoked]) {
      books.outcomes += 1;
      if (creditOf(completion) !== null) books.deposits += 1;
    }
    for (const { kind, about } of deeds) {
      if (kind === 'post-late' || creditOf(about) === null) continue;
      books.revocations += 1;
      if (kind === 'revoke-and-give-back') books.redeposits += 1;
    }
  }
}

function raise<K>(counts: Map<K, number>, key: K, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
