import { formatCredits, formatHours, parseCredits, parseHours } from '#libs/credit';
import {
  type CompiledRulebook,
  type Decision,
  evaluate,
  type LearnerFacts,
  type Offers,
  offersOf,
  type OutcomeFact,
  withoutRivals,
} from '#libs/rules';
import { imaginedLots, outcomeOf, withOutcomes } from './additions.js';
import { Chooser } from './chooser.js';
import { type Fill, fillsOf } from './fills.js';
import { groupedBy, isRival, Kinds } from './kinds.js';
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
  /** What else the catalogue has that would do the same: only its name is another one. */
  readonly equivalents: readonly Addition[];
}

export interface Planning {
  /** Cheapest first. No plan contains another one, or differs from it only in equivalents. */
  readonly plans: readonly Plan[];
  /** Whether these are the best plans and, where there are fewer than asked for, all there are. */
  readonly proven: boolean;
  /** What no plan can cost less than, in the unit of the objective; null when nothing is known. */
  readonly bound: string | null;
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
  if (rulebook.requirements.length === 0) return { plans: [], proven: true, bound: null, unpriced };
  const desk = new PlanningDesk(rulebook, facts, on, { catalogue, costs });
  const found = desk.search(alternatives >= 1 ? alternatives : 1, objective, work);
  return { ...found, unpriced };
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

/** One of the outcomes that can be chosen. */
interface Item {
  readonly addition: Addition;
  readonly fact: OutcomeFact;
  readonly cost: number;
}

/** One question: what can be chosen, and what was found out so far. */
class PlanningDesk {
  /** Outcomes of each stock, in the order of the catalogue. */
  readonly #stocks: readonly (readonly Item[])[];
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
    const items = catalogue.flatMap((addition, at): Item[] => {
      const [lot = '', cost] = [lots[at], costs[at]];
      return cost == null ? [] : [{ addition, fact: outcomeOf(addition, lot, on), cost }];
    });
    const relaxed = withoutRivals(rulebook);
    const judge = (of: readonly Item[]): Offers => {
      const more = of.map(({ fact }) => fact);
      return offersOf(relaxed, withOutcomes(facts, more), on, new Set(more.map(({ lot }) => lot)));
    };
    const all = judge(items);
    const used = new Set([
      ...all.lots,
      ...all.offers.flatMap((offer) => [...offer.lots, ...offer.evidence]),
    ]);
    const useful = items.filter(({ fact }) => used.has(fact.lot));
    const kept = new Set([...useful].sort((a, b) => a.cost - b.cost).slice(0, PLAN_LIMITS.items));
    const left = useful.filter((item) => kept.has(item));
    const offers = left.length === useful.length ? all : judge(left);
    this.#isComplete = all.isComplete && offers.isComplete && left.length === useful.length;
    const kinds = Kinds.of(rulebook);
    const groups = groupedBy(left, ({ fact, cost }) => `${cost} ${kinds.keyOf(fact)}`);
    this.#stocks = groups.map((group) => group.flatMap((at) => left[at] ?? []));
    this.#chooser = new Chooser(
      offers,
      this.#stocks.map((stock, source) => ({
        lots: stock.map(({ fact }) => fact.lot),
        source,
        cost: stock[0]?.cost ?? 0,
        delay: 0,
        isRival: stock.some(({ fact }) => isRival(rulebook, fact)),
      })),
      relaxed !== rulebook,
    );
  }

  search(wanted: number, objective: Objective, limit: number): Omit<Planning, 'unpriced'> {
    const plans: Plan[] = [];
    let proven = this.#isComplete;
    let work = limit;
    let leastCost = 0;
    for (let round = 0; plans.length < wanted; round += 1) {
      const isStopped = round === PLAN_LIMITS.rounds || work <= 0;
      const chosen = isStopped ? null : this.#chooser.next({ work });
      work -= chosen?.work ?? 0;
      proven &&= chosen?.isProven ?? false;
      if (plans.length === 0 && chosen) leastCost = chosen.leastCost;
      if (!chosen?.counts) break;
      const items = this.#itemsOf(chosen.counts);
      const decision = this.#decide(items);
      if (decision.award === 'met') {
        this.#chooser.forbidWithin(chosen.counts);
        plans.push(this.#planOf(items, decision, { objective, proven }));
      } else this.#chooser.forbid(chosen.counts);
    }
    const isBounded = this.#isComplete && Number.isFinite(leastCost);
    const bound = isBounded ? formatCost(leastCost, objective) : null;
    if (plans.length > 0 || proven) return { plans, proven, bound };
    return { plans: this.#thinnedOut(objective), proven, bound };
  }

  #itemsOf(counts: readonly number[]): Item[] {
    return this.#stocks.flatMap((stock, at) => stock.slice(0, counts[at] ?? 0));
  }

  /** Where the search found nothing: takes everything, and leaves out what is not needed. */
  #thinnedOut(objective: Objective): Plan[] {
    let items = this.#stocks.flat();
    if (this.#decide(items).award !== 'met') return [];
    const dearest = [...items].sort((a, b) => b.cost - a.cost);
    let evaluations: number = PLAN_LIMITS.thinning;
    for (let size = Math.ceil(items.length / 2); size >= 1 && evaluations > 0;) {
      for (let at = 0; at < dearest.length && evaluations > 0; at += size) {
        const out = new Set(dearest.slice(at, at + size));
        const without = items.filter((item) => !out.has(item));
        evaluations -= 1;
        if (without.length < items.length && this.#decide(without).award === 'met') items = without;
      }
      size = size === 1 ? 0 : Math.ceil(size / 2);
    }
    return [this.#planOf(items, this.#decide(items), { objective, proven: false })];
  }

  #decide(items: readonly Item[]): Decision {
    return evaluate(this.rulebook, this.#with(items), this.on);
  }

  #planOf(
    items: readonly Item[],
    decision: Decision,
    { objective, proven }: { objective: Objective; proven: boolean },
  ): Plan {
    const cost = items.reduce((sum, item) => sum + item.cost, 0);
    const facts = this.#with(items);
    const lots = imaginedLots(this.facts, items.length);
    return {
      cost: formatCost(cost, objective),
      additions: items.map((item, at) => {
        const lot = lots[at] ?? '';
        const stock = this.#stocks.find((each) => each.includes(item)) ?? [];
        const others = stock.filter((other) => !items.includes(other));
        return {
          addition: item.addition,
          lot,
          fills: fillsOf(this.rulebook, decision, facts, lot),
          equivalents: others.map(({ addition }) => addition),
        };
      }),
      binding: false,
      decision,
      proven,
    };
  }

  /**
   * The learner with these outcomes. Which of a stock are taken does not show in the ids: of equals
   * the lot that comes first wins, and the next one of the stock would have to win as well.
   */
  #with(items: readonly Item[]): LearnerFacts {
    const lots = imaginedLots(this.facts, items.length);
    return withOutcomes(
      this.facts,
      items.map(({ fact }, at) => ({ ...fact, lot: lots[at] ?? '' })),
    );
  }
}
