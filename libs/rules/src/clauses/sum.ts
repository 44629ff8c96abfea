import { formatCredits, formatHours, parseCredits, parseHours } from '#libs/credit';
import type { Held } from '../learner/held.js';
import type { Lot } from '../learner/lots.js';
import { type Mark, markOf, RANK, verdictOfMark } from '../match/mark.js';
import type { Change, ReasonNode, Waiting } from '../types.js';
import { has, type Has, type HasDocument, type LotClause } from './has.js';
import { outcomesOf, waitsOf } from './has.js';
import { type Binding, type Leaf, type LeafKind, nodeOf, NOTHING } from './leaf.js';
import type { Repair, Watch } from './leaf.js';

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

  ways(held: Held): Binding[] {
    const members: Lot[] = [];
    const waitsFor: Waiting[] = [];
    for (const lot of this.of.selected(held)) {
      if (lot.block) continue;
      const waits = waitsOf(this.of.tests, lot, held.reading);
      if (waits === null) continue;
      const isWeighed = weightOf(this.what, lot) !== null;
      if (waits.length === 0 && isWeighed) members.push(lot);
      else waitsFor.push(...waits, ...(isWeighed ? [] : [this.#unknownWeight(lot)]));
    }
    const pool = { sum: this, members };
    if (this.#total(members) >= this.atLeast) return [{ ...NOTHING, pool }];
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
      read: this.#format(reached),
      verdict: verdictOfMark(mark),
      children: parts.map(({ node }) => node),
    });
  }

  repairs(held: Held): Repair[] {
    const reached = this.#total(
      this.of
        .positions(held)
        .filter((position) => this.of.verdictAt(position, held) === 'true')
        .flatMap((position) => held.lots[position] ?? [])
        .filter(({ block }) => block === null),
    );
    if (reached >= this.atLeast) return [{ cost: 0, lots: [], changes: [] }];
    const change: Change = {
      kind: this.what,
      lot: null,
      outcomes: outcomesOf(this.of.select),
      wanted: `+ ${this.#format(this.atLeast - reached)}`,
      read: this.#format(reached),
    };
    return [{ cost: 1, lots: [], changes: [change] }];
  }

  #unknownWeight(lot: Lot): Waiting {
    return { what: this.what, lot: lot.id, course: null, finding: null, wanted: this.wanted };
  }

  #total(lots: readonly Lot[]): bigint {
    return lots.reduce((total, lot) => total + (weightOf(this.what, lot) ?? 0n), 0n);
  }

  #format(weight: bigint): string {
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
