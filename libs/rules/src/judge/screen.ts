import {
  formatCredits,
  MAX_POSTING_MILLICREDITS,
  multiply,
  rational,
  roundToStep,
} from '#libs/credit';
import { isSelected, waitsOf } from '../clauses/has.js';
import type { Binding } from '../clauses/leaf.js';
import type { Reading } from '../clauses/lot-test.js';
import { weightOf } from '../clauses/sum.js';
import type {
  CompiledGrant,
  CompiledRule,
  CompiledRulebook,
  GrantAmount,
} from '../compile/compiled.js';
import { isPeriod, periodOf } from '../learner/calendar.js';
import { isCounted } from '../allocate/counting.js';
import { LIMITS } from '../limits.js';
import type { Lot } from '../learner/lots.js';
import {
  type Candidate,
  type Choice,
  compareBig,
  lotsOf,
  type Part,
  partsOf,
  sum,
  totalOf,
  type Use,
} from './candidate.js';
import { signedOf } from '../signed.js';
import type { LearnerFacts, PriorGrant, ReasonCode, Waiting } from '../types.js';

export type Screened =
  | { readonly kind: 'candidate'; readonly candidate: Candidate }
  | { readonly kind: 'pending'; readonly waitsFor: readonly Waiting[] }
  | {
      readonly kind: 'refused';
      readonly code: ReasonCode;
      readonly params: Readonly<Record<string, string>>;
    };

export interface Screening {
  readonly rulebook: CompiledRulebook;
  readonly reading: Reading;
  readonly prior: readonly PriorGrant[];
  readonly facts: Pick<LearnerFacts, 'agreements'>;
}

/**
 * Decides whether a way to satisfy a rule can be granted at all, before anything competes: time
 * window, unknown values, courses that are never replaced or already filled, and the worth of the lots.
 */
export function screen(rule: CompiledRule, binding: Binding, screening: Screening): Screened {
  const waitsFor = [...binding.waitsFor];
  for (const lot of lotsOf(binding)) {
    const waits = waitsOf(rule.windows, lot, screening.reading);
    if (waits === null) return outsideOf(rule, lot, screening.facts);
    waitsFor.push(...waits, ...unknownPeriod(rule, lot, screening.rulebook));
  }
  const open: CompiledGrant[] = [];
  let obstacle: Screened | null = null;
  for (const grant of rule.grants) {
    const barred = barGrant(rule, grant, binding, screening);
    if (!barred) open.push(grant);
    obstacle ??= barred;
  }
  if (obstacle && (rule.rule.take === 'all' || open.length === 0)) {
    if (obstacle.kind !== 'pending') return obstacle;
    return { kind: 'pending', waitsFor: [...waitsFor, ...obstacle.waitsFor] };
  }
  return measure(rule, binding, { open, waitsFor, step: screening.rulebook.stepMillicredits });
}

/** Why the windows of a rule take a lot not: what was signed, or the days. */
function outsideOf(rule: CompiledRule, { id }: Lot, facts: Screening['facts']): Screened {
  const signed = signedOf(rule, facts);
  if (!signed?.outside.includes(id)) return refused('not-in-force', { lot: id });
  return refused('outside-agreement', { agreement: signed.agreement, lot: id });
}

/** Where a cap counts by periods, an outcome whose period is not known cannot be counted. */
function unknownPeriod(
  { rule, grants }: CompiledRule,
  lot: Lot,
  { caps, rulebook: { calendar } }: CompiledRulebook,
): Waiting[] {
  const unknown = caps.find(
    ({ cap: { per, of } }) =>
      isPeriod(per) &&
      periodOf(calendar, per, lot.completed) === null &&
      grants.some(({ category, elective, course }) =>
        isCounted(of, {
          rule: rule.id,
          category,
          elective: elective?.code ?? null,
          course: course?.code ?? null,
          sources: [lot.fact.source],
          issuers: [lot.fact.issuer],
          outcomes: [lot.fact.outcome],
        }),
      ),
  );
  if (!unknown) return [];
  const wanted = unknown.cap.per;
  return [{ what: 'completed', lot: lot.id, course: null, finding: null, wanted }];
}

function refused(code: ReasonCode, params: Readonly<Record<string, string>>): Screened {
  return { kind: 'refused', code, params };
}

function barGrant(
  { rule }: CompiledRule,
  grant: CompiledGrant,
  binding: Binding,
  { rulebook, reading, prior }: Screening,
): Screened | null {
  const { course } = grant;
  const filledBy = prior.find((earlier) =>
    course
      ? earlier.course === course.code
      : grant.effect !== 'credit' && earlier.rule === rule.id && earlier.elective === null,
  );
  if (filledBy) {
    const params = { by: filledBy.rule, earlier: 'true' };
    return refused('target-filled', course ? { course: course.code, ...params } : params);
  }
  if (!course) return null;
  for (const { never, for: clause } of rulebook.never) {
    // What nothing replaces is granted by no rule: such a document does not compile.
    if (!clause) continue;
    if (!never.course.includes(course.code) && !never.category.includes(course.category)) continue;
    const params = { never: never.id, course: course.code };
    const lots = lotsOf(binding).filter((lot) => isSelected(clause.select, lot));
    for (const lot of lots) {
      const waits = waitsOf(clause.tests, lot, reading);
      if (waits?.length === 0) return refused('never-convertible', { ...params, lot: lot.id });
      if (waits) return { kind: 'pending', waitsFor: waits };
    }
  }
  return null;
}

interface Measuring {
  readonly open: readonly CompiledGrant[];
  readonly waitsFor: readonly Waiting[];
  readonly step: bigint;
}

function measure(rule: CompiledRule, binding: Binding, measuring: Measuring): Screened {
  const waitsFor = [...measuring.waitsFor, ...unknownAmounts(rule, binding, measuring.open)];
  if (waitsFor.length > 0) return { kind: 'pending', waitsFor };
  const all = binding.pool ? poolChoices(binding, measuring) : lotChoices(rule, binding, measuring);
  const worth = sum(binding.lots.map((lot) => lot.availableMillicredits));
  const isDerived = measuring.open.some(({ amount }) => amount.kind !== 'fixed');
  const needsWorth = rule.rule.shortfall === 'refuse' && !isDerived && binding.lots.length > 0;
  const choices = needsWorth ? all.filter((choice) => partsOf(choice) <= worth) : all;
  const useful = choices.filter(({ parts }) => parts.some(isWorthGranting));
  if (useful.length === 0) {
    const wanted = sum((all[0]?.parts ?? []).map(({ millicredits }) => millicredits));
    return refused('lot-too-small', { worth: formatCredits(worth), wanted: formatCredits(wanted) });
  }
  const withSurplus = useful.flatMap((choice) => addSurplus(rule, choice, worth, measuring.step));
  const ordered = withSurplus.sort((a, b) => compareBig(totalOf(b), totalOf(a)));
  return {
    kind: 'candidate',
    candidate: {
      rule,
      binding,
      choices: ordered,
      uses: usesOf(rule, binding),
      poolWeights: poolWeights(binding, measuring.open[0]?.amount),
      group: binding.pool ? `sum ${rule.rule.id}` : null,
      isCut: ordered.length >= LIMITS.amounts,
    },
  };
}

function isWorthGranting({ grant, millicredits }: Part): boolean {
  return millicredits > 0n || grant.effect !== 'credit';
}

/** A lot whose worth or hours nobody stated cannot be measured against a target (never taken as zero). */
function unknownAmounts(
  { rule }: CompiledRule,
  { lots }: Binding,
  grants: readonly CompiledGrant[],
): Waiting[] {
  const needsHours = grants.some(({ amount }) => amount.kind === 'ratio');
  const needsCredits =
    grants.some(({ amount }) => amount.kind === 'of-lot') ||
    (rule.shortfall === 'refuse' &&
      grants.some(({ amount }) => amount.kind === 'fixed' && amount.millicredits > 0n));
  const wait = (what: 'hours' | 'credits', lot: Lot): Waiting => {
    return { what, lot: lot.id, course: null, finding: null, wanted: 'a value' };
  };
  return lots.flatMap((lot) => [
    ...(needsHours && lot.minutes === null ? [wait('hours', lot)] : []),
    ...(needsCredits && lot.worthMillicredits === null ? [wait('credits', lot)] : []),
  ]);
}

function lotChoices(
  { rule }: CompiledRule,
  { lots }: Binding,
  { open, step }: Measuring,
): Choice[] {
  const whole = open.map((grant) => ({ grant, millicredits: amountOf(grant.amount, lots, step) }));
  if (rule.take === 'any') return subsets(whole).map((parts) => plain(parts));
  const [only] = whole;
  if (only?.grant.isPartial) {
    return steps(only.millicredits, step).map((millicredits) => plain([{ ...only, millicredits }]));
  }
  return [plain(whole)];
}

function plain(parts: readonly Part[]): Choice {
  return { parts, surplusMillicredits: 0n, neededWeight: 0n };
}

function amountOf(amount: GrantAmount, lots: readonly Lot[], step: bigint): bigint {
  switch (amount.kind) {
    case 'fixed':
      return amount.millicredits;
    case 'of-lot':
      return floorTo(sum(lots.map((lot) => lot.availableMillicredits)), step);
    case 'ratio': {
      const weights = lots.map((lot) => weightOf('hours', lot) ?? 0n);
      const parts = amount.at === 'sum' ? [sum(weights)] : weights;
      return floorTo(limited(sum(parts.map((minutes) => byRatio(amount, minutes))), amount), step);
    }
  }
}

type Ratio = Extract<GrantAmount, { kind: 'ratio' }>;

/** No ratio makes more of hours than one posting can carry. */
function byRatio({ perMinute, step, mode }: Ratio, minutes: bigint): bigint {
  const credits = roundToStep(multiply(rational(minutes), perMinute), step, mode);
  return credits > MAX_POSTING_MILLICREDITS ? MAX_POSTING_MILLICREDITS : credits;
}

function limited(value: bigint, { max }: Ratio): bigint {
  return max !== null && value > max ? max : value;
}

/** Amounts in which a sum can be granted, each with the weight that its lots must reach. */
function poolChoices(binding: Binding, { open, step }: Measuring): Choice[] {
  const [grant] = open;
  const { pool } = binding;
  if (!grant || !pool) return [];
  const { amount } = grant;
  const weights = poolWeights(binding, amount);
  const all = sum(weights);
  const { atLeast } = pool.sum;
  if (amount.kind === 'fixed') {
    return [{ ...plain([{ grant, millicredits: amount.millicredits }]), neededWeight: atLeast }];
  }
  const isByLot = amount.kind === 'ratio' && amount.at === 'each-lot';
  const reached = (weight: bigint): bigint => {
    if (amount.kind === 'of-lot') return floorTo(weight, step);
    return floorTo(limited(isByLot ? weight : byRatio(amount, weight), amount), step);
  };
  // Weights of rounded lots are credits, those of a ratio are minutes. A threshold in another unit
  // cannot be kept by a part of the lots: it speaks of all of them.
  const isOtherUnit = amount.kind === 'ratio' && pool.sum.what !== 'hours';
  const least = isByLot || isOtherUnit ? 0n : atLeast;
  return steps(reached(all), step).map((millicredits) => ({
    ...plain([{ grant, millicredits }]),
    neededWeight: leastWeight(millicredits, { least, most: all, reached }),
  }));
}

/** Minutes or credits of each member; where each lot is rounded by itself, its rounded credits. */
function poolWeights({ pool }: Binding, amount: GrantAmount | undefined): bigint[] {
  if (!pool) return [];
  return pool.members.map((lot) => {
    const weight = weightOf(pool.sum.what, lot) ?? 0n;
    if (amount?.kind !== 'ratio') return weight;
    const minutes = weightOf('hours', lot) ?? 0n;
    return amount.at === 'each-lot' ? byRatio(amount, minutes) : minutes;
  });
}

/** The smallest weight that reaches an amount; `reached` never falls as the weight grows. */
function leastWeight(
  amount: bigint,
  { least, most, reached }: { least: bigint; most: bigint; reached: (weight: bigint) => bigint },
): bigint {
  let [low, high] = [least, most];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (reached(middle) >= amount) high = middle;
    else low = middle + 1n;
  }
  return low;
}

/** The amount itself and everything below it in whole steps, as far as the limit of choices goes. */
function steps(most: bigint, step: bigint): bigint[] {
  const count = most / step < LIMITS.amounts ? most / step : BigInt(LIMITS.amounts);
  return Array.from({ length: Number(count) }, (_, index) => most - BigInt(index) * step);
}

function subsets(parts: readonly Part[]): Part[][] {
  const all = parts.reduce<Part[][]>(
    (sets, part) => sets.flatMap((set) => [[...set, part], set]),
    [[]],
  );
  return all.filter((set) => set.length > 0);
}

/** With `remainder: elective`, what the lots are worth beyond the grants may go to the pool. */
function addSurplus(rule: CompiledRule, choice: Choice, worth: bigint, step: bigint): Choice[] {
  if (rule.rule.remainder !== 'elective' || !rule.remainderTo) return [choice];
  const surplus = worth - partsOf(choice);
  if (surplus < step) return [choice];
  return [...steps(floorTo(surplus, step), step), 0n].map((surplusMillicredits) => ({
    ...choice,
    surplusMillicredits,
  }));
}

/**
 * What the lots of a candidate give up. A remainder that is kept stays in the lot; everything else
 * is taken whole. A lot without an amount can only be used as a whole.
 */
function usesOf({ rule }: CompiledRule, { lots }: Binding): Use[] {
  const isDivisible = rule.remainder === 'keep' && lots.length === 1;
  return lots.map((lot) => ({
    lot,
    millicredits: lot.availableMillicredits,
    isExclusive: !isDivisible || lot.availableMillicredits === 0n,
  }));
}

function floorTo(value: bigint, step: bigint): bigint {
  return value - (value % step);
}
