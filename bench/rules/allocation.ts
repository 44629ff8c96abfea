import { performance } from 'node:perf_hooks';
import { isDeepStrictEqual } from 'node:util';
import { allocate } from '../../libs/rules/src/allocate/allocate.js';
import { allocationInstance, type CapsPolicy } from '../../libs/rules/test/allocation-instances.js';
import { atLeast, atMost, type Bench, type Claim, shown } from '../support/claims.js';
import { say } from '../support/progress.js';
import { quantile } from '../support/statistics.js';
import { loadHighs } from './highs.js';
import { allocateByHighs } from './highs-allocation.js';
import { cpuMs, seedOf } from './support.js';

/** Instances solved before anything is measured, so that the compiler has seen the code. */
const WARMING = 200;

/**
 * The allocation of credits under caps: proven, quick at the far end of the distribution, and the
 * same as that of the independent solver HiGHS on every level of the objective.
 */
export async function allocationClaims({ options }: Bench): Promise<Claim[]> {
  const seed = seedOf();
  const sizes = options.quick
    ? { typical: 200, stress: 10, compared: 20 }
    : { typical: 2000, stress: 100, compared: 200 };
  for (let index = 0; index < WARMING; index += 1) allocate(allocationInstance(index));
  return [
    ...timeClaims('typical', seed, sizes.typical),
    ...timeClaims('stress', seed, sizes.stress),
    ...(await equalityClaims(seed, sizes.compared)),
  ];
}

function timeClaims(policy: CapsPolicy, seed: number, count: number): Claim[] {
  say(`allocation: ${count} ${policy} instances`);
  const times: number[] = [];
  let proven = 0;
  for (let index = 0; index < count; index += 1) {
    const problem = allocationInstance(seed + index, policy);
    const before = cpuMs();
    const { isProven } = allocate(problem);
    times.push(cpuMs() - before);
    if (isProven) proven += 1;
  }
  const one = (value: number): Parameters<typeof atMost>[2] => {
    return { median: value, low: Math.min(...times), high: Math.max(...times), rounds: count };
  };
  const note = `CPU milliseconds, seeds ${seed} to ${seed + count - 1}`;
  const share = one(proven / count);
  if (policy === 'stress') {
    return [
      shown('allocation, eleven caps at once, share proven', share, note),
      shown('allocation, eleven caps at once, p99 in ms', one(quantile(times, 0.99)), note),
    ];
  }
  return [
    atLeast('allocation, typical, share proven', 1, share, note),
    shown('allocation, typical, median in ms', one(quantile(times, 0.5)), note),
    atMost('allocation, typical, p99 in ms', 25, one(quantile(times, 0.99)), note),
    atMost('allocation, typical, 99.9 % in ms', 100, one(quantile(times, 0.999)), note),
  ];
}

async function equalityClaims(seed: number, count: number): Promise<Claim[]> {
  const highs = await loadHighs();
  const ratios: number[] = [];
  let equal = 0;
  say(`allocation: ${count} instances compared with HiGHS, a tenth of them under eleven caps`);
  for (let index = 0; index < count; index += 1) {
    const problem = allocationInstance(seed + index, index % 10 === 9 ? 'stress' : 'typical');
    const before = performance.now();
    const own = allocate(problem);
    const between = performance.now();
    const theirs = allocateByHighs(highs, problem);
    ratios.push((performance.now() - between) / (between - before));
    if (own.isProven && isDeepStrictEqual(own.picks, theirs)) equal += 1;
    else say(`instance ${seed + index} differs from HiGHS`);
  }
  const all = { median: equal / count, low: 0, high: 1, rounds: count };
  const note = `seeds ${seed} to ${seed + count - 1}, the same picks on all five levels`;
  const speed = {
    median: quantile(ratios, 0.5),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
    rounds: count,
  };
  return [
    atLeast('allocation, share equal to HiGHS with gap 0 on every level', 1, all, note),
    shown('allocation, time of HiGHS ÷ own time, all levels', speed, 'wall clock, in turn'),
  ];
}
