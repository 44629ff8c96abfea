/** What each learner of a population has, row by row: outcomes as numbers, learner after learner. */
export interface OutcomeRows {
  /** Where the rows of each learner begin, and the number of all rows at the end. */
  readonly starts: Uint32Array;
  /** Of each row the number of its outcome. */
  readonly outcomes: Uint16Array | Uint32Array;
}

/**
 * From an outcome to the learners who have it, in memory. When a rule changes, whoever has nothing
 * that it looks at need not be judged again. Five bytes a row beside the rows themselves.
 */
export class Postings {
  /** Where the learners of each outcome begin. */
  readonly #starts: Uint32Array;
  readonly #learners: Uint32Array;
  /** Of each learner the last question that named them. */
  readonly #asked: Uint32Array;
  #question = 0;

  /** @param outcomes how many outcomes there are: numbers are from 0 and below it */
  constructor(rows: OutcomeRows, outcomes: number) {
    const starts = new Uint32Array(outcomes + 1);
    for (const outcome of rows.outcomes) starts[outcome + 1] = (starts[outcome + 1] ?? 0) + 1;
    for (let outcome = 0; outcome < outcomes; outcome += 1) {
      starts[outcome + 1] = (starts[outcome + 1] ?? 0) + (starts[outcome] ?? 0);
    }
    const learners = rows.starts.length - 1;
    const free = starts.slice();
    this.#learners = new Uint32Array(rows.outcomes.length);
    for (let learner = 0; learner < learners; learner += 1) {
      const end = rows.starts[learner + 1] as number;
      for (let row = rows.starts[learner] as number; row < end; row += 1) {
        const outcome = rows.outcomes[row] as number;
        const place = free[outcome] as number;
        this.#learners[place] = learner;
        free[outcome] = place + 1;
      }
    }
    this.#starts = starts;
    this.#asked = new Uint32Array(learners);
  }

  /** Learners who have one of the outcomes, each once. An outcome that nobody has names nobody. */
  learnersWith(outcomes: Iterable<number>): number[] {
    this.#question += 1;
    const found: number[] = [];
    for (const outcome of outcomes) {
      const end = this.#starts[outcome + 1] ?? 0;
      for (let at = this.#starts[outcome] ?? 0; at < end; at += 1) {
        const learner = this.#learners[at] as number;
        if (this.#asked[learner] === this.#question) continue;
        this.#asked[learner] = this.#question;
        found.push(learner);
      }
    }
    return found;
  }
}
