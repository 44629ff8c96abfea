import { atLeast, atMost, type Bench, type Claim, shown, skipped } from '../support/claims.js';
import { say } from '../support/progress.js';
import { type Matcher, openNeighbours } from './neighbours.js';
import { Own } from './own.js';
import { Turns, type Way } from './turns.js';
import { makeWorkload } from './workload.js';

const RULES = 1000;
const GOAL = { jsonRulesEngine: 1000, zen: 200, touched: 2.5 };
const CLAIM = {
  jsonRulesEngine: `time of json-rules-engine : ours, ${RULES} rules, with explanation`,
  zen: `time of zen-engine : ours, ${RULES} rules, with explanation`,
};

/**
 * The same rules and learners on three engines, each in the encoding that is kindest to it: outcomes
 * are read and, for the others, indexed before the clock starts. Ours records verdict and nearest
 * outcome of every clause it looked at, from which its sentences are made when somebody asks; the
 * others are not asked to explain. What our sentences and our reading of texts cost is shown apart.
 */
export async function matchClaims({ options }: Bench): Promise<Claim[]> {
  const workload = makeWorkload({ rules: RULES, codes: 3 * RULES, learners: 200 });
  const own = new Own(workload.rules, workload.learners);
  const claims = [touchedClaim(own)];
  const neighbours = await openNeighbours();
  if (!neighbours) {
    const why = 'the other engines are not installed and could not be';
    return [
      ...claims,
      skipped(CLAIM.jsonRulesEngine, GOAL.jsonRulesEngine, why),
      skipped(CLAIM.zen, GOAL.zen, why),
    ];
  }
  const others = {
    jsonRulesEngine: neighbours.jsonRulesEngine(workload),
    zen: neighbours.zen(workload),
  };
  say('the same matches from all engines?');
  const checked = options.quick ? 20 : workload.learners.length;
  for (const matcher of Object.values(others)) await requireSameMatches(own, matcher, checked);
  const ways: Way[] = [
    inHundreds('ours', (learner) => own.match(learner)),
    inHundreds('in words', (learner) => own.matchInWords(learner)),
    inHundreds('with reading', (learner) => own.readAndMatch(learner)),
    onePerStep('json-rules-engine', others.jsonRulesEngine, workload.learners.length),
    onePerStep('zen-engine', others.zen, workload.learners.length),
  ];
  const turns = await Turns.take(ways, options.quick ? QUICK : FULL);
  const note =
    `CPU µs a learner: ours ${turns.micros('ours').toFixed(1)}, ` +
    `json-rules-engine ${turns.micros('json-rules-engine').toFixed(0)}, ` +
    `zen-engine ${turns.micros('zen-engine').toFixed(0)}; same matches for ${checked} learners`;
  const apart = (way: string): string => `CPU µs a learner ${turns.micros(way).toFixed(1)}`;
  const ratios = (over: string, under = 'ours') => turns.ratios(over, under);
  return [
    ...claims,
    atLeast(CLAIM.jsonRulesEngine, GOAL.jsonRulesEngine, ratios('json-rules-engine'), note),
    atLeast(CLAIM.zen, GOAL.zen, ratios('zen-engine'), note),
    ...['in words', 'with reading'].map((way) =>
      shown(
        `time of json-rules-engine : ours ${way}`,
        ratios('json-rules-engine', way),
        apart(way),
      ),
    ),
  ];
}

const FULL = { rounds: 7, millis: 700 };
const QUICK = { rounds: 2, millis: 200 };

function touchedClaim(own: Own): Claim {
  const { touched, matched } = own.counts();
  const ratio = touched / matched;
  const learners = own.learners.length;
  const note = `${(touched / learners).toFixed(1)} rules looked at for each of ${learners} learners`;
  const ratios = { median: ratio, low: ratio, high: ratio, rounds: 1 };
  return atMost('rules looked at : rules matched', GOAL.touched, ratios, note);
}

async function requireSameMatches(own: Own, matcher: Matcher, count: number): Promise<void> {
  for (let learner = 0; learner < count; learner += 1) {
    const [ours, theirs] = [own.idsOf(learner), await matcher(learner)];
    if (ours.join() !== theirs.join()) {
      throw new Error(`learner ${learner}: ours ${ours.join()}, theirs ${theirs.join()}`);
    }
  }
}

function inHundreds(name: string, match: (learner: number) => unknown): Way {
  let learner = 0;
  return {
    name,
    step: () => {
      for (const end = learner + 100; learner < end; learner += 1) match(learner);
      return 100;
    },
  };
}

function onePerStep(name: string, matcher: Matcher, learners: number): Way {
  let next = 0;
  return {
    name,
    step: async () => {
      await matcher(next % learners);
      next += 1;
      return 1;
    },
  };
}
