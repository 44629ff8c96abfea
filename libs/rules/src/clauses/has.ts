import { byCodeUnit } from '../canonical.js';
import { list, type OneOrMany } from '../one-or-many.js';
import type { Held } from '../learner/held.js';
import { isUsable, type Lot } from '../learner/lots.js';
import { type Mark, positionOfMark, RANK, type Rank, verdictOfMark } from '../match/mark.js';
import { Nearest } from '../match/nearest.js';
import type { ReasonNode, Source, Verdict, Waiting } from '../types.js';
import type { LotKey, Question, Vocabulary } from '../match/vocabulary.js';
import {
  allOf,
  type Asking,
  type Binding,
  COST_OF_AN_OUTCOME,
  type Leaf,
  type LeafKind,
  nodeOf,
  NOTHING,
  type Repair,
  type Search,
  type Watch,
} from './leaf.js';
import { type LotTest, type LotTestKind, type Reading, truth } from './lot-test.js';
import { LOT_TESTS, type LotTestDocuments, type LotTestMembers } from './lot-tests.js';

/** One lot of the learner, and what is asked of it. */
export interface HasDocument extends LotTestDocuments {
  /** Catalogue codes, or what the outcome must be like. */
  readonly has: OneOrMany<string> | OutcomeSelectDocument;
  /** The lot proves something and is not used up. */
  readonly evidenceOnly?: boolean;
}

export interface OutcomeSelectDocument {
  readonly source?: OneOrMany<Source>;
  readonly kind?: OneOrMany<string>;
  readonly category?: OneOrMany<string>;
  readonly prefix?: string;
  readonly except?: readonly string[];
}

export interface Has extends LotTestMembers {
  readonly op: 'has';
  readonly has: OutcomeSelect;
  readonly evidenceOnly: boolean;
}

export interface OutcomeSelect {
  readonly codes: readonly string[];
  readonly source: readonly Source[];
  readonly kind: readonly string[];
  readonly category: readonly string[];
  readonly prefix: string | null;
  readonly except: readonly string[];
}

/** What the tests of a clause have in common when one walks over all of them. */
const TESTS: readonly LotTestKind<string, unknown, unknown, string, string>[] = LOT_TESTS;

/** The learner has an outcome of a kind that passes every test. */
export const has: LeafKind<'has', HasDocument, Has, LotClause> = {
  member: 'has',

  canonical(written) {
    const members: Readonly<Record<string, unknown>> = { ...written };
    const tests = TESTS.map((kind) => [kind.member, kind.canonical(members[kind.member])]);
    return {
      ...(Object.fromEntries(tests) as LotTestMembers),
      op: 'has',
      has: canonicalSelect(written.has),
      evidenceOnly: written.evidenceOnly ?? false,
    };
  },

  compile(condition, path, context) {
    const members: Readonly<Record<string, unknown>> = { ...condition };
    const tests = TESTS.flatMap((kind) => {
      const value = members[kind.member];
      if (value === null || value === undefined) return [];
      kind.check(value, `${path}/${kind.member}`, context);
      // A finding is about a course, which the rule names when the clause does not.
      const words = JSON.stringify([kind.member, value, context.courses[0]]);
      return context.vocabulary.tests(words, () => kind.compile(value, context));
    });
    const { has: select, evidenceOnly: isEvidenceOnly } = condition;
    return new LotClause(path, { select, tests, isEvidenceOnly }, context.vocabulary);
  },
};

/** A compiled `has` clause. */
export class LotClause implements Leaf {
  readonly op = 'has';
  readonly select: OutcomeSelect;
  readonly tests: readonly LotTest[];
  readonly isEvidenceOnly: boolean;
  readonly wanted: string;
  readonly watch: Watch;
  readonly search: Search | null;
  /** Numbers of the keys that it watches; null when it looks at every lot. */
  readonly #keys: readonly number[] | null;
  /** Numbers of its questions; whether the lot may be used at all is the first one. */
  readonly #tests: readonly number[];

  constructor(
    readonly path: string,
    asked: Pick<LotClause, 'select' | 'tests' | 'isEvidenceOnly'>,
    vocabulary: Vocabulary,
  ) {
    this.select = asked.select;
    this.tests = asked.tests;
    this.isEvidenceOnly = asked.isEvidenceOnly;
    this.wanted = describeSelect(asked.select);
    this.watch = watchOf(asked.select);
    this.#keys = this.watch && this.watch.map((key) => vocabulary.key(key));
    const usable = asked.isEvidenceOnly ? USABLE.asEvidence : USABLE.atAll;
    this.#tests = [usable, ...asked.tests].map((test) => vocabulary.number(test));
    const isByKey = this.#keys !== null && isOneProperty(asked.select);
    this.search = isByKey ? { keys: this.#keys ?? [], tests: this.#tests } : null;
  }

  get lotClauses(): readonly LotClause[] {
    return [this];
  }

  /** Positions of the lots of the kind the clause speaks of, in their order. */
  positions(held: Held): readonly number[] {
    const positions = held.positions(this.#keys);
    if (this.search) return positions;
    return positions.filter((position) => isSelected(this.select, held.lots[position] as Lot));
  }

  /** Lots of the kind the clause speaks of, in their order. */
  selected(held: Held): Lot[] {
    return this.positions(held).map((position) => held.lots[position] as Lot);
  }

  judge(held: Held): Mark {
    const nearest = new Nearest();
    for (const position of this.positions(held)) this.#offer(nearest, position, held);
    return nearest.mark();
  }

  /** The verdict of one lot. */
  verdictAt(position: number, held: Held): Verdict {
    const nearest = new Nearest();
    this.#offer(nearest, position, held);
    return verdictOfMark(nearest.mark());
  }

  #offer(nearest: Nearest, position: number, held: Held): void {
    const desk = held.desk();
    const ranks = this.#tests.map((test) => desk.rank(position, test, held.reading));
    const worst = ranks.reduce<Rank>((a, b) => (a > b ? a : b), RANK.true);
    nearest.offer(position, worst, ranks.filter((rank) => rank !== RANK.true).length);
  }

  explain(rule: string, { lots, reading }: Held, mark: Mark): ReasonNode {
    const position = positionOfMark(mark);
    const lot = position === undefined ? undefined : lots[position];
    if (lot) return this.explainLot(lot, rule, reading);
    const { path, wanted } = this;
    return nodeOf(path, rule, { operator: 'has', wanted, read: null, verdict: 'false' });
  }

  /** Explains one lot against the tests of the clause. */
  explainLot(lot: Lot, rule: string, reading: Reading): ReasonNode {
    const { path } = this;
    const children = this.tests.map((test) =>
      nodeOf(path, rule, {
        operator: test.field,
        wanted: test.wanted,
        read: test.read(lot, reading),
        lot: lot.id,
        verdict: test.verdict(lot, reading),
      }),
    );
    if (lot.block && !isUsable(lot, this.isEvidenceOnly)) {
      const blocked = { operator: 'usable', wanted: 'usable', read: lot.block.code };
      children.unshift(nodeOf(path, rule, { ...blocked, lot: lot.id, verdict: 'false' }));
    }
    return nodeOf(path, rule, {
      operator: 'has',
      wanted: this.wanted,
      read: lot.fact.outcome,
      lot: lot.id,
      verdict: allOf(children.map(({ verdict }) => verdict)),
      children,
    });
  }

  ways(held: Held): Binding[] {
    return this.#usable(held).flatMap((lot) => {
      const waitsFor = waitsOf(this.tests, lot, held.reading);
      if (waitsFor === null) return [];
      const kept = this.isEvidenceOnly ? { evidence: [lot] } : { lots: [lot] };
      return [{ ...NOTHING, ...kept, waitsFor }];
    });
  }

  repairs({ held, windows }: Asking): Repair[] {
    const { isEvidenceOnly: isEvidence, select } = this;
    const isAsked = windows.length > 0 && !isEvidence;
    const tests = isAsked ? [...this.tests, ...windows] : this.tests;
    const another: Repair = {
      cost: COST_OF_AN_OUTCOME + tests.length,
      lots: [],
      steps: [{ kind: 'new', select, tests, isEvidence }],
    };
    const ofLots = this.#usable(held).flatMap((lot): Repair[] => {
      const cost = costOfChange(tests, lot, held.reading);
      const lots = isEvidence ? [] : [lot];
      return cost === null
        ? []
        : [{ cost, lots, steps: [{ kind: 'lot', lot, tests, isEvidence }] }];
    });
    return [...ofLots, another];
  }

  #usable(held: Held): Lot[] {
    return this.selected(held).filter((lot) => isUsable(lot, this.isEvidenceOnly));
  }
}

/** How many values of a lot have to change to pass all tests; null when one of them cannot. */
export function costOfChange(tests: readonly LotTest[], lot: Lot, reading: Reading): number | null {
  let cost = 0;
  for (const test of tests) {
    const verdict = test.verdict(lot, reading);
    if (verdict === 'false' && !test.canChange) return null;
    if (verdict !== 'true') cost += 1;
  }
  return cost;
}

/** Whether a lot may be used is asked like everything else, and told where the answer is no. */
const USABLE: Readonly<Record<'asEvidence' | 'atAll', Question>> = {
  asEvidence: { verdict: (lot) => truth(isUsable(lot, true)) },
  atAll: { verdict: (lot) => truth(isUsable(lot, false)) },
};

/** Whether the keys that a selection is watched by say all of it. */
function isOneProperty({ codes, source, kind, category, prefix, except }: OutcomeSelect): boolean {
  const named = [codes, source, kind, category].filter((values) => values.length > 0);
  return named.length === 1 && prefix === null && except.length === 0;
}

/** Whether a lot is of the kind the clause speaks of; its tests come after that. */
export function isSelected(select: OutcomeSelect, lot: Lot): boolean {
  const { fact } = lot;
  const fits = (wanted: readonly string[], value: string): boolean =>
    wanted.length === 0 || wanted.includes(value);
  return (
    fits(select.codes, fact.outcome) &&
    fits(select.source, fact.source) &&
    fits(select.kind, fact.kind) &&
    fits(select.category, fact.category) &&
    (select.prefix === null || fact.outcome.startsWith(select.prefix)) &&
    !select.except.includes(fact.outcome)
  );
}

/** What a lot still has to have found out about it; null when a test fails. */
export function waitsOf(tests: readonly LotTest[], lot: Lot, reading: Reading): Waiting[] | null {
  const waits: Waiting[] = [];
  for (const test of tests) {
    const verdict = test.verdict(lot, reading);
    if (verdict === 'false') return null;
    const { course, finding, wanted } = test;
    const what = test.waitsFor(lot);
    if (verdict === 'not-evaluated') waits.push({ what, lot: lot.id, course, finding, wanted });
  }
  return waits;
}

/** The selection in one line: codes, or what the outcome must be like. */
export function describeSelect(select: OutcomeSelect): string {
  if (select.codes.length > 0) return [...select.codes].sort(byCodeUnit).join(' | ');
  const parts = [...select.source, ...select.kind, ...select.category];
  if (select.prefix !== null) parts.push(`${select.prefix}*`);
  return parts.join(' ');
}

/** What a lot must be to be selected, in the terms of the index (`watch.ts`). */
function watchOf({ codes, kind, category, source }: OutcomeSelect): Watch {
  const keys = (
    dimension: 'code' | 'kind' | 'category' | 'source',
    values: readonly string[],
  ): LotKey[] => [...new Set(values)].map((value): LotKey => `${dimension}:${value}`);
  if (codes.length > 0) return keys('code', codes);
  if (kind.length > 0) return keys('kind', kind);
  if (category.length > 0) return keys('category', category);
  return source.length > 0 ? keys('source', source) : null;
}

function canonicalSelect(written: HasDocument['has']): OutcomeSelect {
  const any: OutcomeSelect = {
    codes: [],
    source: [],
    kind: [],
    category: [],
    prefix: null,
    except: [],
  };
  if (isOneOrMany(written)) return { ...any, codes: list(written) };
  return {
    ...any,
    source: list(written.source),
    kind: list(written.kind),
    category: list(written.category),
    prefix: written.prefix ?? null,
    except: written.except ?? [],
  };
}

function isOneOrMany(written: HasDocument['has']): written is OneOrMany<string> {
  return typeof written === 'string' || Array.isArray(written);
}
