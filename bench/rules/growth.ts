import { atMost, type Bench, type Claim } from '../support/claims.js';
import { Own } from './own.js';
import { Turns, type Way } from './turns.js';
import { makeWorkload } from './workload.js';

const GOAL = 2;

/** Ten times the rules, over a catalogue that grows with them: as many match as before. */
export async function growthClaims({ options }: Bench): Promise<Claim[]> {
  const sizes = [1000, 10_000].map((rules) => {
    const { learners, ...made } = makeWorkload({ rules, codes: 3 * rules, learners: 200 });
    return { rules, own: new Own(made.rules, learners) };
  });
  const ways = sizes.map(({ rules, own }): Way => {
    let learner = 0;
    return {
      name: String(rules),
      step: () => {
        for (const end = learner + 100; learner < end; learner += 1) own.match(learner);
        return 100;
      },
    };
  });
  const size = options.quick ? { rounds: 2, millis: 200 } : { rounds: 9, millis: 500 };
  const turns = await Turns.take(ways, size);
  const notes = sizes.map(({ rules, own }) => {
    const { matched } = own.counts();
    const perLearner = (matched / own.learners.length).toFixed(1);
    return `${rules} rules: ${perLearner} match, ${turns.micros(String(rules)).toFixed(1)} µs`;
  });
  const ratios = turns.ratios('10000', '1000');
  return [atMost('time with 10,000 rules : with 1,000', GOAL, ratios, notes.join('; '))];
}
