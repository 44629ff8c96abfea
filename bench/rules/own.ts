import {
  type CompiledRulebook,
  explainRule,
  Held,
  type Matches,
  matchRules,
  readLearner,
  type ReasonNode,
} from '#libs/rules';
import { compileWorkload, factsOfLearner, ON } from './documents.js';
import type { MadeLearner, MadeRule } from './workload.js';

/** The service's engine on the workload, and its learners in the two forms that it is given. */
export class Own {
  readonly rulebook: CompiledRulebook;
  readonly #facts;
  readonly #held: readonly Held[];

  constructor(
    rules: readonly MadeRule[],
    readonly learners: readonly MadeLearner[],
  ) {
    this.rulebook = compileWorkload(rules);
    this.#facts = learners.map(factsOfLearner);
    this.#held = this.#facts.map((facts) => readLearner(this.rulebook, facts, ON));
  }

  /**
   * From lots that were read, as the other engines are given outcomes that are read and indexed; lots
   * are laid out and asked anew each time.
   */
  match(learner: number): Matches {
    const { lots, reading } = this.#held[learner % this.#held.length] as Held;
    return matchRules(this.rulebook, new Held(this.rulebook.desk, lots, reading));
  }

  /** As {@link match}, and every clause that was looked at is told: wanted, read, from which lot. */
  matchInWords(learner: number): ReasonNode[] {
    const matches = this.match(learner);
    return matches.rules.map((_, index) =>
      explainRule(matches, index, matches.verdict(index) === 'true'),
    );
  }

  /** From facts as they are stored: texts have to be read first. */
  readAndMatch(learner: number): Matches {
    const facts = this.#facts[learner % this.#facts.length] as ReturnType<typeof factsOfLearner>;
    return matchRules(this.rulebook, readLearner(this.rulebook, facts, ON));
  }

  /** Ids of the rules that a learner matches, ascending. */
  idsOf(learner: number): number[] {
    const matches = this.match(learner);
    return matches.rules.filter((_, index) => matches.verdict(index) === 'true');
  }

  /** Rules whose condition was looked at, and rules that matched, of all learners. */
  counts(): { readonly touched: number; readonly matched: number } {
    let [touched, matched] = [0, 0];
    for (const learner of this.learners.keys()) {
      touched += this.match(learner).count;
      matched += this.idsOf(learner).length;
    }
    return { touched, matched };
  }
}
