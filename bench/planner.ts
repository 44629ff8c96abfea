import { join } from 'node:path';
import { earliest, gap, plan, whatIf } from '#libs/planner';
import { type Case, caseOf, ON, someOf } from './planner/learners.js';
import { type Programme, programmes } from './planner/programmes.js';
import { cpuMs, seedOf } from './rules/support.js';
import { atLeast, atMost, type Bench, type Claim, shown } from './support/claims.js';
import { say } from './support/progress.js';
import { quantile } from './support/statistics.js';

/** Answers given before anything is measured, so that the compiler has seen the code. */
const WARMING = 30;
const LIMIT_MS = 100;
const PROVEN = 0.95;
/** Additions that a learner is ready to complete, and those asked about by "what if". */
const READY = 60;
const IMAGINED = 5;

type Answered = { readonly proven: boolean; readonly found: boolean };

/** The four questions, each as the service asks it. */
const QUESTIONS: Readonly<Record<string, (of: Programme, learner: Case) => Answered>> = {
  gap: ({ rulebook }, { facts }) => told(gap(rulebook, facts, ON).decision),
  'what if': ({ rulebook }, { facts, catalogue }) =>
    told(whatIf(rulebook, facts, someOf(catalogue, IMAGINED), ON).imagined),
  'plan by credits': ({ rulebook }, { facts, catalogue }) => {
    const answer = plan(rulebook, facts, ON, { catalogue, objective: 'credits' });
    return { proven: answer.proven, found: answer.plans.length > 0 };
  },
  'plan by hours': ({ rulebook }, { facts, catalogue }) => {
    const answer = plan(rulebook, facts, ON, { catalogue, objective: 'hours' });
    return { proven: answer.proven, found: answer.plans.length > 0 };
  },
  'plan by months': ({ rulebook }, { facts, catalogue }) => {
    const answer = plan(rulebook, facts, ON, { catalogue, objective: 'months' });
    return { proven: answer.proven, found: answer.plans.length > 0 };
  },
  earliest: ({ rulebook }, { facts, catalogue }) => {
    const { proven, date } = earliest(rulebook, facts, someOf(catalogue, READY), ON);
    return { proven, found: date !== null };
  },
};

/** What is promised of the planner: no question of a learner takes longer than 100 ms. */
export function run({ options }: Bench): Promise<Claim[]> {
  const seed = seedOf();
  const each = options.quick ? 12 : 60;
  const all = programmes(join(import.meta.dirname, '..', '..'));
  const asked = Object.entries(QUESTIONS).filter(
    ([name]) => options.only === undefined || options.only.split(',').includes(name),
  );
  return Promise.resolve(asked.flatMap(([name, ask]) => claimsOf(name, ask, { all, seed, each })));
}

function told({ proven, award }: { proven: boolean; award: string }): Answered {
  return { proven, found: award === 'met' };
}

interface Sample {
  readonly all: readonly Programme[];
  readonly seed: number;
  readonly each: number;
}

function claimsOf(
  name: string,
  ask: (of: Programme, learner: Case) => Answered,
  { all, seed, each }: Sample,
): Claim[] {
  for (const of of all) {
    for (let index = 0; index < WARMING / 3; index += 1) ask(of, caseOf(of, seed - 1 - index));
  }
  const note = `CPU milliseconds, seeds ${seed} to ${seed + each - 1} of ${all.length} programmes`;
  const every: Measured[] = [];
  for (const of of all) {
    const measured = Array.from({ length: each }, (_, index) => {
      const learner = caseOf(of, seed + index);
      const before = cpuMs();
      const answered = ask(of, learner);
      return { ...answered, ms: cpuMs() - before };
    });
    every.push(...measured);
    say(`${name}, ${of.name}: ${summaryOf(measured)}`);
  }
  const times = every.map(({ ms }) => ms);
  const one = (value: number): Parameters<typeof atMost>[2] => {
    return {
      median: value,
      low: Math.min(...times),
      high: Math.max(...times),
      rounds: every.length,
    };
  };
  return [
    shown(`${name}, median in ms`, one(quantile(times, 0.5)), note),
    atMost(`${name}, p99 in ms`, LIMIT_MS, one(quantile(times, 0.99)), note),
    atLeast(`${name}, share proven`, PROVEN, one(share(every, ({ proven }) => proven)), note),
    shown(`${name}, share with an answer`, one(share(every, ({ found }) => found)), note),
  ];
}

interface Measured extends Answered {
  readonly ms: number;
}

function share(all: readonly Measured[], is: (one: Measured) => boolean): number {
  return all.filter(is).length / all.length;
}

function summaryOf(all: readonly Measured[]): string {
  const times = all.map(({ ms }) => ms);
  const [half, most, worst] = [0.5, 0.99, 1].map((part) => quantile(times, part).toFixed(1));
  const [proven, found] = [share(all, (one) => one.proven), share(all, (one) => one.found)];
  return `p50 ${half} p99 ${most} max ${worst} ms, proven ${proven.toFixed(3)}, met ${found.toFixed(3)}`;
}
