import { formatCredits, formatHours, parseCredits, parseHours } from '#libs/credit';
import type { Held } from '../learner/held.js';
import type { Lot } from '../learner/lots.js';
import { type Mark, markOf, RANK, verdictOfMark } from '../match/mark.js';
import type { ReasonNode, Waiting } from '../types.js';
import { worthOf } from './credits.js';
import { costOfChange, has, type Has, type HasDocument, type LotClause, waitsOf } from './has.js';
import { type Binding, COST_OF_AN_OUTCOME, type Leaf, type LeafKind, nodeOf } from './leaf.js';
import { type Asking, NOTHING, type Repair, type Watch } from './leaf.js';
import { lotTest, type LotTest, truth } from './lot-test.js';

type What = 'hours' | 'credits';

interface SumDocument {
  readonly sum: { readonly what: What; readonly atLeast: string };
  readonly of: HasDocument;
}

interface Sum {
  readonly op: 'sum';
  readonly sum: { readonly what: What; readonly atLeast: string };
  readonly of: Has;
}

/** All lots that fit make so many hours or credits together. */
export const sum: LeafKind<'sum', SumDocument, Sum, SumClause> = {
  member: 'sum',

  canonical(written) {
    return { op: 'sum', sum: written.sum, of: has.canonical(written.of) };
  },

  compile({ sum: { what, atLeast }, of }, path, context) {
    const parsed = what === 'hours' ? parseHours(atLeast) : readCredits(atLeast);
    if (parsed === undefined || parsed <= 0n) {
      const params = { value: atLeast, range: '> 0' };
      context.check.fault(`${path}/sum/atLeast`, 'rulebook-number', params);
    }
    const clause = has.compile(of, `${path}/of`, context);
    return new SumClause(path, { what, atLeast: parsed ?? 1n }, `${what} >= ${atLeast}`, clause);
  },
};

function readCredits(text: string): bigint | undefined {
  const parsed = parseCredits(text);
  return parsed.ok ? parsed.amount : undefined;
}

/** A compiled `sum` clause: minutes or thousandths of a credit of all lots that fit. */
export class SumClause implements Leaf {
  readonly op = 'sum';
  readonly search = null;
  readonly what: What;
  readonly atLeast: bigint;

  constructor(
    readonly path: string,
    limit: { readonly what: What; readonly atLeast: bigint },
    readonly wanted: string,
    readonly of: LotClause,
  ) {
    this.what = limit.what;
    this.atLeast = limit.atLeast;
  }

  get watch(): Watch {
    return this.of.watch;
  }

  get lotClauses(): readonly LotClause[] {
    return [this.of];
  }

  /** @param taken lots that serve other clauses */
  ways(held: Held, taken: readonly Lot[] = []): Binding[] {
    const members: Lot[] = [];
    const waitsFor: Waiting[] = [];
    for (const lot of this.of.selected(held)) {
      if (lot.block || taken.includes(lot)) continue;
      const waits = waitsOf(this.of.tests, lot, held.reading);
      if (waits === null) continue;
      const isWeighed = weightOf(this.what, lot) !== null;
      if (waits.length === 0 && isWeighed) members.push(lot);
      else waitsFor.push(...waits, ...(isWeighed ? [] : [this.#unknownWeight(lot)]));
    }
    const pool = { sum: this, members };
    if (this.total(members) >= this.atLeast) return [{ ...NOTHING, pool }];
    return waitsFor.length > 0 ? [{ ...NOTHING, pool, waitsFor }] : [];
  }

  judge(held: Held): Mark {
    let isOpen = false;
    let reached = 0n;
    for (const position of this.of.positions(held)) {
      const lot = held.lots[position] as Lot;
      const verdict = this.of.verdictAt(position, held);
      const weight = weightOf(this.what, lot);
      if (verdict === 'true' && weight !== null) reached += weight;
      else if (verdict !== 'false') isOpen = true;
    }
    const short = isOpen ? RANK['not-evaluated'] : RANK.false;
    return markOf(reached >= this.atLeast ? RANK.true : short, null);
  }

  explain(rule: string, held: Held, mark: Mark): ReasonNode {
    const parts = this.of.selected(held).map((lot) => ({
      node: this.of.explainLot(lot, rule, held.reading),
      weight: weightOf(this.what, lot),
    }));
    const reached = parts
      .filter(({ node }) => node.verdict === 'true')
      .reduce((total, { weight }) => total + (weight ?? 0n), 0n);
    return nodeOf(this.path, rule, {
      operator: 'sum',
      wanted: this.wanted,
      read: this.format(reached),
      verdict: verdictOfMark(mark),
      children: parts.map(({ node }) => node),
    });
  }

  repairs(asking: Asking): Repair[] {
    const tests = [...this.of.tests, ...asking.windows];
    const reached = this.total(this.counted(asking));
    if (reached >= this.atLeast) return [this.#repair(0, [])];
    const another = this.#repair(COST_OF_AN_OUTCOME + tests.length, []);
    const mended = this.#mended(asking, tests, this.atLeast - reached);
    return mended ? [mended, another] : [another];
  }

  /** Lots that count as they are, and may be used within the windows of the rule. */
  counted({ held, windows }: Asking): Lot[] {
    return this.of.positions(held).flatMap((position) => {
      const lot = held.lots[position] as Lot;
      const isCounted =
        lot.block === null &&
        this.of.verdictAt(position, held) === 'true' &&
        windows.every((test) => test.verdict(lot, held.reading) === 'true');
      return isCounted ? [lot] : [];
    });
  }

  /** The easiest lots to change that make up for what is short; undefined when they do not. */
  #mended({ held }: Asking, tests: readonly LotTest[], short: bigint): Repair | undefined {
    const isWeight = ({ values }: LotTest): boolean =>
      values.some((value) => value === 'hours' || value === 'credits');
    const others = this.of.selected(held).flatMap((lot) => {
      const weight = lot.block === null ? weightOf(this.what, lot) : null;
      const cost = costOfChange(tests, lot, held.reading);
      const isHeavier = tests.some(
        (test) => isWeight(test) && test.verdict(lot, held.reading) !== 'true',
      );
      return weight === null || !cost || isHeavier ? [] : [{ lot, weight, cost }];
    });
    const easiest = others.sort((a, b) => a.cost - b.cost || Number(b.weight - a.weight));
    let open = short;
    const taken = easiest.filter(({ weight }) => {
      const isNeeded = open > 0n && weight > 0n;
      if (isNeeded) open -= weight;
      return isNeeded;
    });
    if (open > 0n) return undefined;
    const cost = taken.reduce((all, each) => all + each.cost, 0);
    return this.#repair(
      cost,
      taken.map(({ lot }) => lot),
      tests,
    );
  }

  #repair(cost: number, joined: readonly Lot[], tests: readonly LotTest[] = []): Repair {
    const steps = joined.map((lot) => ({ kind: 'lot', lot, tests, isEvidence: false }) as const);
    return { cost, lots: joined, steps: [...steps, { kind: 'sum', sum: this, joined }] };
  }

  /** What is still to be completed: a further outcome, or several, of so much together. */
  shortTest(short: bigint): LotTest {
    const { what } = this;
    const more = this.format(what === 'hours' ? roundedUp(short) : short);
    return lotTest(
      {
        field: what,
        wanted: `+ ${more}`,
        values: ['hours', 'credits'],
        verdict: (lot) => {
          const weight = weightOf(what, lot);
          return truth(weight === null ? undefined : weight >= short);
        },
        read: () => null,
        examples: (fact) =>
          what === 'hours' ? [{ fact: { hours: more } }] : [{ fact: worthOf(fact, more) }],
      },
      what,
    );
  }

  #unknownWeight(lot: Lot): Waiting {
    return { what: this.what, lot: lot.id, course: null, finding: null, wanted: this.wanted };
  }

  /** What lots make together, in minutes or thousandths of a credit. */
  total(lots: readonly Lot[]): bigint {
    return lots.reduce((total, lot) => total + (weightOf(this.what, lot) ?? 0n), 0n);
  }

  /** Writes a weight as people do. */
  format(weight: bigint): string {
    return this.what === 'hours' ? formatHours(weight) : formatCredits(weight);
  }
}

/**
 * What a lot adds to a sum: minutes or thousandths of a credit. A lot that was used in part counts
 * with the part that is left. Null when it is unknown.
 */
export function weightOf(what: What, lot: Lot): bigint | null {
  const { worthMillicredits: worth, availableMillicredits: available, minutes } = lot;
  if (what === 'credits') return worth === null ? null : available;
  if (minutes === null || worth === null || worth === 0n || available >= worth) return minutes;
  return (minutes * available) / worth;
}

/** Minutes that hours can say in decimals: a third of an hour has none. */
function roundedUp(minutes: bigint): bigint {
  return ((minutes + 2n) / 3n) * 3n;
}
