import { type Outcome, outcomeOf, shareOfDeeds } from './aftermath.js';
import { Clerk } from './clerk.js';
import { District } from './district.js';
import { Lives } from './lives.js';
import { Papers, type SentFile } from './paper.js';
import { Truth } from './truth/truth.js';

export interface CityPlan {
  readonly learners: number;
  readonly seed: number;
}

/** What was written of a city, and what is true of it. */
export interface Written {
  readonly files: readonly SentFile[];
  readonly truth: Truth;
  /** Learners about whom something is done after the files. */
  readonly unsettled: readonly number[];
}

/** A synthetic city: the same for the same plan, learner by learner. */
export class City {
  readonly district: District;
  readonly #lives: Lives;
  readonly #clerk: Clerk;
  readonly #share: number;

  constructor(readonly plan: CityPlan) {
    this.district = new District(plan.learners);
    this.#lives = new Lives(this.district, plan.seed);
    this.#clerk = new Clerk(this.district, plan.seed);
    this.#share = shareOfDeeds(plan.learners);
  }

  /** One learner in the end, without those before. */
  outcome(index: number): Outcome {
    return this.#make(index).outcome;
  }

  /** Writes the files of the whole city and counts what is true of it on the way. */
  write(limits: { folder: string; rowsAFile: number }): Written {
    const truth = new Truth();
    const papers = new Papers(this.district.houses, limits);
    const unsettled: number[] = [];
    for (let index = 0; index < this.plan.learners; index += 1) {
      const { rows, outcome } = this.#make(index);
      papers.write(rows);
      truth.add(outcome);
      if (outcome.deeds.length > 0) unsettled.push(index);
    }
    return { files: papers.close(), truth, unsettled };
  }

  #make(index: number) {
    const learner = this.#lives.learner(index);
    const { rows, accepted } = this.#clerk.write(learner);
    const { seed } = this.plan;
    return { rows, outcome: outcomeOf(learner, accepted, { seed, share: this.#share }) };
  }
}
