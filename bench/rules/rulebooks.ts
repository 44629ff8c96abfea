import {
  type CompiledRulebook,
  type LearnerFacts,
  matchRules,
  readLearner,
  RulebookIndex,
} from '#libs/rules';
import { type Bench, type Claim, shown } from '../support/claims.js';
import { compileWorkload, factsOfLearner, ON } from './documents.js';
import { Turns, type Way } from './turns.js';
import { type Condition, type MadeRule, makeWorkload } from './workload.js';

const CLUSTER = 60;

/**
 * One learner and every published rulebook: a rulebook for each discipline of the catalogue, judged
 * all of them, and those alone that the index names. The same rules match, which is checked first.
 */
export function rulebooksClaims({ options }: Bench): Promise<Claim[]> {
  return measured(options.quick ? 50 : 500, options.quick ? QUICK : FULL);
}

const FULL = { rounds: 7, millis: 500 };
const QUICK = { rounds: 2, millis: 200 };

async function measured(count: number, size: typeof FULL): Promise<Claim[]> {
  const workload = makeWorkload({ rules: 20 * count, codes: CLUSTER * count, learners: 200 });
  const rulebooks = byDiscipline(workload.rules).map((rules) => compileWorkload(rules));
  const learners = workload.learners.map(factsOfLearner);
  const index = new RulebookIndex(rulebooks);
  let named = 0;
  for (const [number, facts] of learners.entries()) {
    const speaking = index.speakingTo(facts);
    named += speaking.length;
    if (matchedBy(speaking, facts) !== matchedBy(rulebooks, facts)) {
      throw new Error(`learner ${number}: the index leaves out a rulebook that matches`);
    }
  }
  const each = (
    name: string,
    chosen: (facts: LearnerFacts) => readonly CompiledRulebook[],
  ): Way => {
    let next = 0;
    return {
      name,
      step: () => {
        const facts = learners[next % learners.length] as LearnerFacts;
        next += 1;
        for (const rulebook of chosen(facts))
          matchRules(rulebook, readLearner(rulebook, facts, ON));
        return 1;
      },
    };
  };
  const ways = [each('all', () => rulebooks), each('named', (facts) => index.speakingTo(facts))];
  const turns = await Turns.take(ways, size);
  const note =
    `${(named / learners.length).toFixed(1)} of ${rulebooks.length} rulebooks named, CPU µs a ` +
    `learner ${turns.micros('all').toFixed(0)} and ${turns.micros('named').toFixed(1)}`;
  const claim = 'time of every published rulebook : of those the index names';
  return [shown(claim, turns.ratios('all', 'named'), note)];
}

/** Rules whose first outcome or family is of the same discipline are one rulebook. */
function byDiscipline(rules: readonly MadeRule[]): MadeRule[][] {
  const disciplines = new Map<number, MadeRule[]>();
  for (const rule of rules) {
    const discipline = disciplineOf(rule.when);
    const own = disciplines.get(discipline);
    if (own) own.push(rule);
    else disciplines.set(discipline, [rule]);
  }
  return [...disciplines.values()];
}

function disciplineOf(condition: Condition): number {
  if (condition.op !== 'leaf') return disciplineOf(condition.of[0] as Condition);
  const { codes, family } = condition.leaf;
  if (family !== null) return Math.floor(Number(family.slice(1)) / 4);
  return Math.floor(Number((codes[0] ?? 'C0').slice(1)) / CLUSTER);
}

/** How many rules match, of all rulebooks together. */
function matchedBy(rulebooks: readonly CompiledRulebook[], facts: LearnerFacts): number {
  let matched = 0;
  for (const rulebook of rulebooks) {
    const matches = matchRules(rulebook, readLearner(rulebook, facts, ON));
    matched += matches.rules.filter((_, at) => matches.verdict(at) === 'true').length;
  }
  return matched;
}
