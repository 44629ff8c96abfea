import { byCodeUnit } from '../canonical.js';
import { list, type OneOrMany } from '../one-or-many.js';
import { isUsable, type Lot } from '../lots.js';
import type { Change, ReasonNode, Source, Verdict, Waiting } from '../types.js';
import {
  allOf,
  type Binding,
  COST_OF_AN_OUTCOME,
  type Leaf,
  type LeafKind,
  nodeOf,
  NOTHING,
  type Repair,
  type Seen,
  type Watch,
} from './leaf.js';
import type { LotTest, LotTestKind, Reading } from './lot-test.js';
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
    const members = written as unknown as Readonly<Record<string, unknown>>;
    const tests = TESTS.map((kind) => [kind.member, kind.canonical(members[kind.member])]);
    return {
      ...(Object.fromEntries(tests) as LotTestMembers),
      op: 'has',
      has: canonicalSelect(written.has),
      evidenceOnly: written.evidenceOnly ?? false,
    };
  },

  compile(condition, path, context) {
    const members = condition as unknown as Readonly<Record<string, unknown>>;
    for (const kind of TESTS) kind.check(members[kind.member], `${path}/${kind.member}`, context);
    const tests = TESTS.flatMap((kind) => kind.compile(members[kind.member], context));
    return new LotClause(path, condition.has, tests, condition.evidenceOnly);
  },
};

/** A compiled `has` clause. */
export class LotClause implements Leaf {
  readonly op = 'has';
  readonly wanted: string;
  readonly watch: Watch;

  constructor(
    readonly path: string,
    readonly select: OutcomeSelect,
    readonly tests: readonly LotTest[],
    readonly isEvidenceOnly: boolean,
  ) {
    this.wanted = describeSelect(select);
    this.watch = watchOf(select);
  }

  get lotClauses(): readonly LotClause[] {
    return [this];
  }

  ways({ lots, reading }: Seen): Binding[] {
    return lots
      .filter((lot) => isSelected(this.select, lot) && isUsable(lot, this.isEvidenceOnly))
      .flatMap((lot) => {
        const waitsFor = waitsOf(this.tests, lot, reading);
        if (waitsFor === null) return [];
        const kept = this.isEvidenceOnly ? { evidence: [lot] } : { lots: [lot] };
        return [{ ...NOTHING, ...kept, waitsFor }];
      });
  }

  /** Explains the lot that comes nearest: the best verdict, the fewest failed tests, then its id. */
  explain(rule: string, { lots, reading }: Seen): ReasonNode {
    const failed = (node: ReasonNode): number =>
      node.children.filter(({ verdict }) => verdict !== 'true').length;
    const [nearest] = lots
      .filter((lot) => isSelected(this.select, lot))
      .map((lot) => this.explainLot(lot, rule, reading))
      .sort(
        (a, b) =>
          ORDER[a.verdict] - ORDER[b.verdict] ||
          failed(a) - failed(b) ||
          byCodeUnit(a.lot ?? '', b.lot ?? ''),
      );
    if (nearest) return nearest;
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

  repairs({ lots, reading }: Seen): Repair[] {
    return [
      ...lots
        .filter((lot) => isSelected(this.select, lot) && isUsable(lot, this.isEvidenceOnly))
        .flatMap((lot) => this.#repairOf(lot, reading)),
      this.#anotherOutcome(),
    ];
  }

  #repairOf(lot: Lot, reading: Reading): Repair[] {
    const failed = this.tests.filter((test) => test.verdict(lot, reading) !== 'true');
    if (failed.some(({ canChange }) => !canChange)) return [];
    const changes = failed.map((test): Change => {
      const { field: kind, wanted } = test;
      return { kind, lot: lot.id, outcomes: [], wanted, read: test.read(lot, reading) };
    });
    return [{ cost: changes.length, lots: this.isEvidenceOnly ? [] : [lot], changes }];
  }

  /** A further outcome, and what will be asked of it. */
  #anotherOutcome(): Repair {
    const { tests, wanted } = this;
    const outcomes = outcomesOf(this.select);
    const changes = [
      { kind: 'outcome' as const, lot: null, outcomes, wanted, read: null },
      ...tests.map(({ field, wanted: value }): Change => {
        return { kind: field, lot: null, outcomes: [], wanted: value, read: null };
      }),
    ];
    return { cost: COST_OF_AN_OUTCOME + tests.length, lots: [], changes };
  }
}

const ORDER: Readonly<Record<Verdict, number>> = { true: 0, 'not-evaluated': 1, false: 2 };

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

/** Some of the codes that a selection names, for people: not all of a catalogue. */
export function outcomesOf({ codes }: OutcomeSelect): string[] {
  return [...codes].sort(byCodeUnit).slice(0, 20);
}

/** The selection in one line: codes, or what the outcome must be like. */
function describeSelect(select: OutcomeSelect): string {
  if (select.codes.length > 0) return [...select.codes].sort(byCodeUnit).join(' | ');
  const parts = [...select.source, ...select.kind, ...select.category];
  if (select.prefix !== null) parts.push(`${select.prefix}*`);
  return parts.join(' ');
}

/** What a lot must be to be selected, in the terms of the index (`watch.ts`). */
function watchOf(select: OutcomeSelect): Watch {
  if (select.codes.length > 0) return select.codes.map((code) => `code:${code}`);
  if (select.kind.length > 0) return select.kind.map((kind) => `kind:${kind}`);
  if (select.category.length > 0) return select.category.map((name) => `category:${name}`);
  if (select.source.length > 0) return select.source.map((source) => `source:${source}`);
  return null;
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
