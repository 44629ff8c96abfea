import { formatCredits, formatHours, parseCredits, parseHours } from '#libs/credit';
import {
  type CompiledRulebook,
  type Decision,
  evaluate,
  type LearnerFacts,
  offersOf,
  withoutRivals,
} from '#libs/rules';
import { imaginedLots, outcomeOf, withOutcomes } from './additions.js';
import { Chooser, type Item } from './chooser.js';
import { type Fill, fillsOf } from './fills.js';
import { isDuration, PLAN_LIMITS } from './limits.js';
import type { Addition } from './types.js';

/** What a plan costs: credits or hours to earn, or months when one thing is done after another. */
export type Objective = 'credits' | 'hours' | 'months';

export interface PlanRequest {
  readonly catalogue: readonly Addition[];
  readonly objective: Objective;
  /** How many plans are asked for, the best one included; 1 when left out. */
  readonly alternatives?: number;
  /** Multiplications after which the search stops; that of the limits when left out. */
  readonly work?: number;
}

export interface Plan {
  /** In the unit of the objective, a decimal. */
  readonly cost: string;
  readonly additions: readonly PlannedAddition[];
  /** Always false: it speaks of outcomes that nobody has, so it must never be booked. */
  readonly binding: false;
  /** With these additions; its `award` is `met`. */
  readonly decision: Decision;
  /** Whether nothing cheaper meets the award, apart from the plans before it and what contains them. */
  readonly proven: boolean;
}

export interface PlannedAddition {
  readonly addition: Addition;
  /** Id under which it stands in the decision. */
  readonly lot: string;
  /** What it was taken for. */
  readonly fills: readonly Fill[];
}

export interface Planning {
  /** Cheapest first. No plan contains another one. */
  readonly plans: readonly Plan[];
  /** Whether these are the best plans and, where there are fewer than asked for, all there are. */
  readonly proven: boolean;
  /** Positions in the catalogue of what could not be weighed: what it costs is not known. */
  readonly unpriced: readonly number[];
}

/**
 * The cheapest further outcomes with which the award is met, and what each of them fills. Every plan
 * is evaluated: only what a decision calls `met` is answered. A learner who meets the award already
 * gets the plan with nothing in it; a programme without requirements has no plans.
 *
 * @param on the day on which everything would be completed and the rules are read, `yyyy-MM-dd`
 */
export function plan(
  rulebook: CompiledRulebook,
  facts: LearnerFacts,
  on: string,
  { catalogue, objective, alternatives = 1, work = PLAN_LIMITS.work }: PlanRequest,
): Planning {
  const costs = catalogue.map((addition) => costOf(addition, objective));
  const unpriced = costs.flatMap((cost, at) => (cost === null ? [at] : []));
  if (rulebook.requirements.length === 0) return { plans: [], proven: true, unpriced };
  const desk = new PlanningDesk(rulebook, facts, on, { catalogue, costs });
  const { plans, proven } = desk.search(alternatives >= 1 ? alternatives : 1, objective, work);
  return { plans, proven, unpriced };
}

/** Null when it is not known. */
function costOf({ credits, hours, months }: Addition, objective: Objective): number | null {
  if (objective === 'months') return isDuration(months) ? months : null;
  if (objective === 'hours') return hours === null ? null : toNumber(parseHours(hours));
  const parsed = credits === null ? undefined : parseCredits(credits);
  return parsed?.ok ? toNumber(parsed.amount) : null;
}

function toNumber(amount: bigint | undefined): number | null {
  const number = Number(amount ?? Number.NaN);
  return Number.isSafeInteger(number) ? number : null;
}

function formatCost(cost: number, objective: Objective): string {
  if (objective === 'months') return String(cost);
  return objective === 'hours' ? formatHours(BigInt(cost)) : formatCredits(BigInt(cost));
}

interface Offered extends Item {
  readonly addition: Addition;
}

/** One question: what can be chosen, and what was found out so far. */
class PlanningDesk {
  readonly #items: readonly Offered[];
  readonly #chooser: Chooser;
  /** Whether nothing that could be chosen was left out. */
  readonly #isComplete: boolean;

  constructor(
    readonly rulebook: CompiledRulebook,
    readonly facts: LearnerFacts,
    readonly on: string,
    { catalogue, costs }: { catalogue: readonly Addition[]; costs: readonly (number | null)[] },
  ) {
    const lots = imaginedLots(facts, catalogue.length);
    const items = catalogue.flatMap((addition, group): Offered[] => {
      const [lot = '', cost] = [lots[group], costs[group]];
      return cost == null ? [] : [{ addition, lot, group, cost }];
    });
    const relaxed = withoutRivals(rulebook);
    const judge = (of: readonly Offered[]): ReturnType<typeof offersOf> =>
      offersOf(relaxed, this.#with(of), on, new Set(of.map(({ lot }) => lot)));
    const all = judge(items);
    const used = new Set([
      ...all.lots,
      ...all.offers.flatMap(({ lots, evidence }) => [...lots, ...evidence]),
    ]);
    const useful = items.filter(({ lot }) => used.has(lot));
    const kept = [...useful].sort((a, b) => a.cost - b.cost).slice(0, PLAN_LIMITS.items);
    this.#items = useful.filter((item) => kept.includes(item));
    const offers = judge(this.#items);
    this.#isComplete = all.isComplete && offers.isComplete && kept.length === useful.length;
    this.#chooser = new Chooser(offers, this.#items);
  }

  search(wanted: number, objective: Objective, limit: number): Omit<Planning, 'unpriced'> {
    const plans: Plan[] = [];
    let proven = this.#isComplete;
    let work = limit;
    for (let round = 0; plans.length < wanted; round += 1) {
      const isStopped = round === PLAN_LIMITS.rounds || work <= 0;
      const chosen = isStopped ? null : this.#chooser.next(work);
      work -= chosen?.work ?? 0;
      proven &&= chosen?.isProven ?? false;
      if (!chosen?.items) break;
      const items = chosen.items.flatMap((at) => this.#items[at] ?? []);
      const decision = this.#decide(items);
      if (decision.award === 'met') {
        this.#chooser.forbidWithin(chosen.items);
        plans.push(this.#planOf(items, decision, { objective, proven }));
      } else this.#chooser.forbid(chosen.items);
    }
    if (plans.length > 0 || proven) return { plans, proven };
    return { plans: this.#thinnedOut(objective), proven };
  }

  /** Where the search found nothing: takes everything, and leaves out what is not needed. */
  #thinnedOut(objective: Objective): Plan[] {
    let items = this.#items;
    if (this.#decide(items).award !== 'met') return [];
    for (const item of [...items].sort((a, b) => b.cost - a.cost)) {
      const without = items.filter((other) => other !== item);
      if (this.#decide(without).award === 'met') items = without;
    }
    return [this.#planOf(items, this.#decide(items), { objective, proven: false })];
  }

  #decide(items: readonly Offered[]): Decision {
    return evaluate(this.rulebook, this.#with(items), this.on);
  }

  #planOf(
    items: readonly Offered[],
    decision: Decision,
    { objective, proven }: { objective: Objective; proven: boolean },
  ): Plan {
    const cost = items.reduce((sum, item) => sum + item.cost, 0);
    const facts = this.#with(items);
    return {
      cost: formatCost(cost, objective),
      additions: items.map(({ addition, lot }) => {
        return { addition, lot, fills: fillsOf(this.rulebook, decision, facts, lot) };
      }),
      binding: false,
      decision,
      proven,
    };
  }

  #with(items: readonly Offered[]): LearnerFacts {
    return withOutcomes(
      this.facts,
      items.map(({ addition, lot }) => outcomeOf(addition, lot, this.on)),
    );
  }
}
